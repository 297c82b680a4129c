using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Tests.Common;

namespace EndToEnd.Tests;

/// <summary>Another emulator in the place of LocalCloud's SQS and SNS.</summary>
public sealed class ForeignEndpointTests
{
    [Fact]
    public async Task The_same_flow_runs_on_moto_and_leaves_no_queue_there()
    {
        await using var moto = await Moto.StartAsync();
        await using (var local = await LocalProcess.StartAsync("--endpoint", $"{moto.Address}"))
        {
            using var client = new BookingClient(local.Address);
            var id = await client.BookAsync(BookingClient.Booking());
            BookingTests.EffectsHappenedOnce(await client.WaitAsync(id, r => r.IsConfirmedEverywhere));
            Assert.NotEmpty(await moto.QueuesAsync());
        }

        Assert.Empty(await moto.QueuesAsync());
    }

    [Fact]
    public async Task An_endpoint_where_nothing_answers_is_one_sentence()
    {
        await using var local = await LocalProcess.FailAsync(null, "--port", "0", "--cloud-port", "0", "--endpoint", "http://127.0.0.1:1");

        Assert.Equal(1, local.ExitCode);
        Assert.Equal("Nothing answers at http://127.0.0.1:1: start the emulator, or leave --endpoint out.", local.LastLine);
    }

    private sealed class Moto(Process process, Uri address) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = address };

        public Uri Address => address;

        public static async Task<Moto> StartAsync()
        {
            using (var probe = Process.Start(new ProcessStartInfo("sh", ["-c", "python3 -c 'import moto.server'"]) { RedirectStandardError = true })!)
            {
                await probe.WaitForExitAsync();
                Assert.SkipUnless(probe.ExitCode == 0, "moto is not installed: pip install 'moto[server]' runs this test.");
            }

            var port = FreePort();
            var process = Process.Start(
                new ProcessStartInfo("python3", ["-m", "moto.server", "-p", $"{port}"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            var moto = new Moto(process, new($"http://127.0.0.1:{port}"));
            using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            while (!await moto.AnswersAsync(deadline.Token))
                await Task.Delay(100, deadline.Token);
            return moto;
        }

        public async Task<IReadOnlyList<string>> QueuesAsync()
        {
            var json = await RawSqs.CallAsync(_http, Address, "ListQueues", [], CancellationToken.None);
            return [.. json["QueueUrls"]?.AsArray().Select(url => (string)url!) ?? []];
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
        {
            try
            {
                using var response = await _http.GetAsync("/moto-api/", cancellationToken);
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        private static int FreePort()
        {
            using var socket = new TcpListener(IPAddress.Loopback, 0);
            socket.Start();
            return ((IPEndPoint)socket.LocalEndpoint).Port;
        }
    }
}
