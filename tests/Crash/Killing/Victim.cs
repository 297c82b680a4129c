namespace Crash.Killing;

/// <summary>A program whose processes are killed, and the places where.</summary>
/// <param name="Name">The function's name, or our own process's.</param>
/// <param name="IsFunction">Functions share a folder of orders and are called by name; a process of our own has a folder to itself.</param>
/// <param name="Steps">The steps that it comes by.</param>
internal sealed record Victim(string Name, bool IsFunction, params IReadOnlyList<string> Steps)
{
    public const string Worker = "worker";
    public const string Relay = "relay";

    /// <summary>Every process of the system. All three ways out of the outbox are here, and both fronts.</summary>
    public static readonly IReadOnlyList<Victim> All =
    [
        new("BookingApi", true, "accept", "publish"),
        new("Booking", true, "receive", "inbox", "effect", "insert", "commit", "publish", "mark", "acknowledge"),
        new("Email", true, "receive", "inbox", "effect", "commit", "acknowledge"),
        new("Partner", true, "receive", "inbox", "effect", "commit", "acknowledge"),
        new("Finance", true, "receive", "inbox", "effect", "commit", "acknowledge"),
        new("OutboxRelay", true, "claim", "publish", "mark", "clean-up"),
        new(Worker, false, "receive", "inbox", "effect", "insert", "commit", "publish", "mark", "delete", "park"),
        new(Relay, false, "claim", "publish", "mark", "park"),
    ];

    /// <summary>Before and after each step.</summary>
    public IReadOnlyList<string> Points { get; } = [.. Steps.SelectMany(step => (string[])[$"before-{step}", $"after-{step}"])];

    /// <summary>The folder that its processes look into.</summary>
    public string FolderIn(string orders) => Path.Combine(orders, IsFunction ? "functions" : Name);

    /// <summary>The file that tells one of them to die at a point.</summary>
    public string OrderIn(string orders, string point) => Path.Combine(FolderIn(orders), IsFunction ? $"{point}@{Name}" : point);
}
