using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LocalCloud.Tests.Clients;

/// <summary>AWS's own clients of other languages, unchanged, as programs of their own.</summary>
public sealed class ClientTests
{
    // In the sources: npm installs the clients beside the program that imports them.
    private static readonly string Folder = Sources();

    [Fact]
    public async Task The_javascript_clients_find_every_answer_as_they_expect_it()
    {
        Assert.SkipUnless(await Program.RunsAsync("node", "--version"), "Node.js is not installed.");
        var packages = Path.Combine(Folder, "node_modules");
        Assert.SkipUnless(Directory.Exists(packages), "The clients are not installed: npm ci --prefix tests/LocalCloud.Tests/Clients");
        await using var cloud = await CloudServer.StartAsync(new() { Port = 0 }, TestContext.Current.CancellationToken);

        await Program.RunAsync(cloud, "node", Path.Combine(Folder, "javascript.mjs"));
    }

    [Fact]
    public async Task Boto3_finds_every_answer_as_it_expects_it()
    {
        Assert.SkipUnless(await Program.RunsAsync("python3", "-c", "import boto3"), "boto3 is not installed: pip install boto3 runs this test.");
        await using var cloud = await CloudServer.StartAsync(new() { Port = 0 }, TestContext.Current.CancellationToken);

        await Program.RunAsync(cloud, "python3", Path.Combine(Folder, "boto.py"));
    }

    [Fact]
    public async Task The_command_line_creates_sends_receives_publishes_and_copies()
    {
        Assert.SkipUnless(await Program.RunsAsync("aws", "--version"), "The AWS CLI is not installed.");
        await using var cloud = await CloudServer.StartAsync(new() { Port = 0 }, TestContext.Current.CancellationToken);

        var queue = (string)(await AwsAsync("sqs", "create-queue", "--queue-name", "cli"))!["QueueUrl"]!;
        var arn = (string)(await AwsAsync("sqs", "get-queue-attributes", "--queue-url", queue, "--attribute-names", "All"))!["Attributes"]!["QueueArn"]!;
        var topic = (string)(await AwsAsync("sns", "create-topic", "--name", "cli"))!["TopicArn"]!;
        await AwsAsync("sns", "subscribe", "--topic-arn", topic, "--protocol", "sqs", "--notification-endpoint", arn, "--attributes", "RawMessageDelivery=true");
        await AwsAsync("sns", "publish", "--topic-arn", topic, "--message", "from the topic");
        await AwsAsync("sqs", "send-message", "--queue-url", queue, "--message-body", "straight to the queue");
        var messages = (JsonArray)(await AwsAsync("sqs", "receive-message", "--queue-url", queue, "--max-number-of-messages", "10"))!["Messages"]!;
        Assert.Equal(["from the topic", "straight to the queue"], messages.Select(message => (string)message!["Body"]!).Order(StringComparer.Ordinal));
        await AwsAsync("s3", "mb", "s3://cli");
        await AwsAsync("s3", "cp", Path.Combine(Folder, "boto.py"), "s3://cli/scripts/boto.py");
        Assert.Equal("scripts/boto.py", (string)(await AwsAsync("s3api", "list-objects-v2", "--bucket", "cli"))!["Contents"]![0]!["Key"]!);

        async Task<JsonNode?> AwsAsync(params string[] arguments)
        {
            // Version 1 of the CLI does not know AWS_ENDPOINT_URL.
            var output = await Program.RunAsync(cloud, "aws", ["--endpoint-url", $"{cloud.Endpoint}", "--output", "json", .. arguments]);
            return output.TrimStart().StartsWith('{') ? JsonNode.Parse(output) : null;
        }
    }

    private static string Sources()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Serverless.sln")))
            root = root.Parent ?? throw new InvalidOperationException("No Serverless.sln above the tests.");
        return Path.Combine(root.FullName, "tests", "LocalCloud.Tests", "Clients");
    }

    private static class Program
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

        public static async Task<bool> RunsAsync(string name, params string[] arguments)
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }

        public static async Task<string> RunAsync(CloudServer cloud, string name, params string[] arguments)
        {
            var start = new ProcessStartInfo(name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["AWS_ENDPOINT_URL"] = $"{cloud.Endpoint}";
            start.Environment["AWS_ACCESS_KEY_ID"] = start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
            start.Environment["AWS_REGION"] = start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
            // Not what the developer's own files say.
            start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(Folder, "none");
            start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
            using var process = Process.Start(start)!;
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            deadline.CancelAfter(Patience);
            try
            {
                var (output, errors) = (process.StandardOutput.ReadToEndAsync(deadline.Token), process.StandardError.ReadToEndAsync(deadline.Token));
                await process.WaitForExitAsync(deadline.Token);
                Assert.True(process.ExitCode == 0, $"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{await errors}\n{await output}");
                return await output;
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
    }
}
