using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Crash.Judging;
using Crash.Killing;
using Crash.Load;
using Crash.Processes;

namespace Crash;

/// <summary>Kills processes while guests book, lets everything settle, and gives account.</summary>
internal sealed class CrashRun : IDisposable
{
    // Local remembers so many calls and mails of the past; after a round they are collected.
    private const int DeathsOfRound = 400;
    private static readonly TimeSpan MailPeriod = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ProgressPeriod = TimeSpan.FromSeconds(5);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Settings _settings;
    private readonly SystemUnderTest _system;
    private readonly HttpClient _local;
    private readonly Deaths _deaths;
    private readonly Clients _clients;
    private readonly Letters _letters = new();
    private readonly List<Note> _deadNotes = [];
    private volatile bool _isEnding;

    private CrashRun(Settings settings, SystemUnderTest system)
    {
        (_settings, _system) = (settings, system);
        _local = new() { BaseAddress = system.Local.Address, Timeout = TimeSpan.FromSeconds(60) };
        _deaths = new(settings.Kills);
        _clients = new(system.Local.Address, settings.Seed, () => _deaths.Count);
    }

    /// <summary>The whole, with exit code 0 only where nothing was lost, doubled, invented or out of order.</summary>
    public static async Task<int> RunAsync(Settings settings)
    {
        // Ctrl-C reaches every process of the terminal: that is the end. SIGTERM, once, only ends the killing, and account is given.
        using var stop = new CancellationTokenSource();
        CrashRun? running = null;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Console.WriteLine($"{settings.Kills:N0} kills, seed {settings.Seed}");
        await using var system = await SystemUnderTest.StartAsync(stop.Token);
        try
        {
            using var run = new CrashRun(settings, system);
            running = run;
            return await run.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 1;
        }
        finally
        {
            if (settings.Log is { } log)
                await File.WriteAllTextAsync(log, system.Output, CancellationToken.None);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            if (signal.Signal == PosixSignal.SIGTERM && running is { _isEnding: false })
                running.End();
            else
                stop.Cancel();
        }
    }

    public void Dispose()
    {
        _clients.Dispose();
        _local.Dispose();
    }

    private void End()
    {
        _isEnding = true;
        _deaths.End();
    }

    private async Task<int> RunAsync(CancellationToken stop)
    {
        var executioner = new Executioner(_system.Orders, _settings.Seed, _deaths, () => _clients.Accepted);
        var outages = new Outages(_system.Postgres, unchecked(_settings.Seed - 1), _deaths);
        var quiet = new Quiet(_system.Cloud, _system.Database);
        var calls = new PartnerCalls(_local);
        var settled = true;

        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var background = Task.WhenAll(new Housekeeping(_local, _system.Database).RunAsync(over.Token), CollectMailsAsync(over.Token), ReportAsync(outages, over.Token));
        while (settled && _deaths.TryBeginRound(DeathsOfRound))
        {
            var before = _clients.Wishes.Count;
            using var closing = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var load = _clients.RunAsync(closing.Token);
            var killing = Task.WhenAll(executioner.RunAsync(stop), outages.RunAsync(stop));

            // The others end before it only where they fail.
            await await Task.WhenAny(killing, load, background);
            await closing.CancelAsync();
            await load;
            settled = await quiet.ComesAsync(Say, stop);
            await calls.AddAsync(_clients.Wishes.Skip(before));
            _deadNotes.AddRange((await _system.Cloud.DrainAsync(_system.NotesDeadLetters)).Select(NoteOf));
        }

        await over.CancelAsync();
        await background;
        _letters.Add(await _system.Cloud.MailsAsync());
        var evidence = await Evidence.ReadAsync(_system.Database);
        var account = new Account
        {
            Settings = _settings,
            Tallies =
            [
                DatabaseJudge.Bookings(_clients.Wishes, evidence),
                DatabaseJudge.Rooms(evidence),
                DatabaseJudge.Ledger(evidence),
                _letters.Judge(evidence.Bookings, _deaths.All, outages.All),
                calls.Judge(evidence.Bookings),
                DatabaseJudge.Worker(evidence),
                DatabaseJudge.Notes(evidence, _deadNotes),
                DatabaseJudge.Parked(evidence),
            ],
            Deaths = _deaths,
            Outages = outages.All.Count,
            Repeated = (_letters.Repeated, calls.Repeated),
            Unanswered = _clients.Wishes.Count(w => !w.IsAccepted),
            DeadLetters = [.. (await _system.Cloud.DepthsAsync()).Where(q => q is { Messages: > 0, IsDeadLetters: true }).Select(q => $"{q.Messages} in {q.Name}")],
            HasSettled = settled,
            Time = Stopwatch.GetElapsedTime(_started),
        };
        account.Print(Console.Out);
        return account.IsClean ? 0 : 1;
    }

    private static Note NoteOf(string envelope)
    {
        var data = JsonNode.Parse(envelope)!["data"]!;
        return new((int)data["shelf"]!, (long)data["number"]!);
    }

    private async Task CollectMailsAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            _letters.Add(await _system.Cloud.MailsAsync());
            await Task.Delay(MailPeriod, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReportAsync(Outages outages, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (!_deaths.IsRoundOver)
                Say($"{_deaths.Count:N0} kills, {_clients.Wishes.Count:N0} bookings, {outages.All.Count} restarts of PostgreSQL");
            await Task.Delay(ProgressPeriod, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Say(string line) => Console.WriteLine($"{Stopwatch.GetElapsedTime(_started):hh\\:mm\\:ss}  {line}");
}
