using System.Text;
using LocalCloud.Templates;

namespace Local.Invoking;

/// <summary>
/// Runs one function with one event, as <c>sam local invoke</c> does: its log goes to standard error, its answer to standard output. It runs in a Local that is
/// there already, else in one that is started for it, without queues and schedules delivering, and thrown away.
/// </summary>
internal static class HandInvocation
{
    /// <param name="function">Its folder's name under src/Functions.</param>
    /// <param name="eventPath">As in <see cref="EventFile"/>.</param>
    /// <param name="options">Where a running Local may be, and which database and endpoint a new one uses.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The exit code: 1 for a function that failed.</returns>
    /// <exception cref="CannotStartException">What the user can mend.</exception>
    public static async Task<int> RunAsync(string function, string? eventPath, LocalOptions options, CancellationToken cancellationToken)
    {
        var payload = await EventFile.ReadAsync(eventPath, cancellationToken);
        var answer = await AnswerAsync(function, payload, options, cancellationToken);
        await Console.Error.WriteAsync(answer.Log);
        // A function that returns nothing answers with no bytes, which is null in JSON.
        await Console.Out.WriteLineAsync(answer.Payload.Length == 0 ? "null" : answer.Payload);
        return answer.Error is null ? 0 : 1;
    }

    private static async Task<Answer> AnswerAsync(string function, byte[] payload, LocalOptions options, CancellationToken cancellationToken)
    {
        // Who names a database or an endpoint means those, not the ones of whatever runs.
        if (options.Database is null && options.Endpoint is null && options.Port != 0)
        {
            using var running = await RunningLocal.FindAsync(options.Port, cancellationToken);
            if (running is not null)
                return await running.InvokeAsync(function, payload, cancellationToken);
        }

        Answer? answer = null;
        using var logs = ConsoleLogs.Create(quiet: true);
        await LocalEnvironment.UseAsync(
            options with { Port = 0, CloudPort = 0, Delivers = false },
            logs,
            _ => { },
            async (deployment, _, _) => answer = await InvokeAsync(deployment, function, payload, cancellationToken),
            cancellationToken);
        return answer!;
    }

    private static async Task<Answer> InvokeAsync(Deployment deployment, string function, byte[] payload, CancellationToken cancellationToken)
    {
        try
        {
            var result = await deployment.InvokeAsync(function, payload, cancellationToken);
            return new(Encoding.UTF8.GetString(result.Payload.Span), result.Error, result.Log);
        }
        catch (ArgumentException e) when (e.ParamName == "functionName")
        {
            throw new CannotStartException(e.Message.Split(" (Parameter")[0], e);
        }
    }
}
