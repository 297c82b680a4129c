using System.Globalization;

namespace Crash.Killing;

/// <summary>An order to one victim to die at one point: a file, as fail points read it.</summary>
internal sealed class Order(Victim victim, string point, string orders)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeToDie = TimeSpan.FromSeconds(30);
    private readonly string _file = victim.OrderIn(orders, point);

    /// <summary>Gives it and waits until somebody is dead; false where nobody came by for half a minute, and it was withdrawn.</summary>
    public async Task<bool> IsCarriedOutAsync(CancellationToken stop)
    {
        await File.WriteAllTextAsync(_file, "", stop);
        for (var waited = TimeSpan.Zero; File.Exists(_file); waited += Look)
        {
            if (waited >= LongestWait && TryWithdraw())
                return false;
            await Task.Delay(Look, stop);
        }

        var taken = Directory.EnumerateFiles(victim.FolderIn(orders), $"{Path.GetFileName(_file)}.*").Single();
        await SeeDeadAsync(int.Parse(Path.GetExtension(taken)[1..], CultureInfo.InvariantCulture), stop);
        File.Delete(taken);
        return true;
    }

    // By the same means as an order is taken: one of the two finds it gone.
    private bool TryWithdraw()
    {
        var place = $"{_file}.withdrawn";
        try
        {
            File.Move(_file, place, overwrite: true);
            File.Delete(place);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private async Task SeeDeadAsync(int process, CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; IsAlive(process); waited += Look)
        {
            if (waited >= TimeToDie)
                throw new InvalidOperationException($"{victim.Name}, process {process}, took the order {point} and lives.");
            await Task.Delay(Look, stop);
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
