using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Writes to standard output, from where Lambda takes it line by line.</summary>
internal sealed class LambdaConsoleLogger(string requestId) : ILambdaLogger
{
    public void Log(string message) => Console.Write(message);

    public void LogLine(string message) => Console.WriteLine(message);

    public void Log(string level, string message) => Console.WriteLine($"{level}\t{requestId}\t{message}");
}
