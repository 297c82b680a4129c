using System.Text;
using System.Text.Json;

namespace LocalCloud.Sqs;

/// <summary>The redrive tasks of the account: one running for each source queue, and the last ten remembered.</summary>
internal sealed class MoveTasks(SqsService sqs) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<MoveTask>> _bySource = new(StringComparer.Ordinal);

    public static string HandleOf(MoveTask task) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"taskId":"{{task.Id}}","sourceArn":"{{task.Source.Arn}}"}"""));

    /// <exception cref="Http.ServiceException">A queue does not exist, the source is nobody's dead-letter queue, or a task is running.</exception>
    public MoveTask Start(string sourceArn, string? destinationArn, int? perSecond)
    {
        var source = Queue(sourceArn, "SourceArn");
        var destination = destinationArn is null ? null : Queue(destinationArn, "DestinationArn");
        if (!sqs.SourcesOf(source).Any())
        {
            throw SqsError.InvalidParameter("Source queue must be configured as a Dead Letter Queue.");
        }

        if (destination is not null && (destination == source || destination.Settings.IsFifo != source.Settings.IsFifo))
        {
            throw SqsError.InvalidParameter("Destination queue must be another queue than the source, of the same type.");
        }

        lock (_gate)
        {
            if (!_bySource.TryGetValue(sourceArn, out var tasks))
            {
                _bySource[sourceArn] = tasks = [];
            }

            if (tasks.Exists(task => task.Status == "RUNNING"))
            {
                throw SqsError.Unsupported("There is already a task running. Only one active task is allowed for a source queue arn at a given time.");
            }

            var started = new MoveTask(sqs, source, destination, perSecond);
            tasks.Insert(0, started);
            tasks.RemoveRange(Math.Min(tasks.Count, Limits.MoveTasks), Math.Max(0, tasks.Count - Limits.MoveTasks));
            started.Start();
            return started;
        }
    }

    /// <summary>The tasks of a source queue, the latest first.</summary>
    public IReadOnlyList<MoveTask> Of(string sourceArn)
    {
        _ = Queue(sourceArn, "SourceArn");
        lock (_gate)
        {
            return _bySource.TryGetValue(sourceArn, out var tasks) ? [.. tasks] : [];
        }
    }

    /// <summary>The queue that a handle's task empties.</summary>
    /// <exception cref="Http.ServiceException">The handle is no handle.</exception>
    public static string SourceOf(string handle) => Parse(handle).SourceArn;

    /// <exception cref="Http.ServiceException">The handle is no handle, or of no running task.</exception>
    public MoveTask Cancel(string handle)
    {
        var (id, sourceArn) = Parse(handle);
        lock (_gate)
        {
            var task = _bySource.GetValueOrDefault(sourceArn)?.Find(task => $"{task.Id}" == id);
            return task?.Cancel() == true ? task : throw SqsError.ResourceNotFound("Task does not exist.");
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var task in _bySource.Values.SelectMany(tasks => tasks))
            {
                task.Cancel();
            }
        }
    }

    private static (string Id, string SourceArn) Parse(string handle)
    {
        try
        {
            using var json = JsonDocument.Parse(Convert.FromBase64String(handle));
            return (json.RootElement.GetProperty("taskId").GetString() ?? "", json.RootElement.GetProperty("sourceArn").GetString() ?? "");
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw SqsError.InvalidParameter("Value for parameter TaskHandle is invalid.");
        }
    }

    private Queue Queue(string arn, string parameter) =>
        sqs.FindByArn(arn) ?? throw SqsError.ResourceNotFound($"The resource that you specified for the {parameter} parameter doesn't exist.");
}
