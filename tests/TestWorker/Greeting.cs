using System.Text.Json.Serialization;

namespace TestWorker;

internal sealed record Greeting(string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Greeting))]
internal sealed partial class WorkerJson : JsonSerializerContext;
