using System.Globalization;
using System.Text.Json.Nodes;
using LocalCloud.Lambda.Functions;

namespace LocalCloud.Lambda.Api;

/// <summary>A function's configuration as Lambda answers it.</summary>
internal static class FunctionJson
{
    public static JsonObject Of(Function function)
    {
        var configuration = function.Configuration;
        var json = new JsonObject
        {
            ["FunctionName"] = configuration.Name,
            ["FunctionArn"] = configuration.Arn,
            ["Runtime"] = configuration.Runtime,
            ["Role"] = configuration.Role,
            ["Handler"] = configuration.Handler,
            ["CodeSize"] = configuration.CodeSize,
            ["Description"] = configuration.Description,
            ["Timeout"] = configuration.Timeout,
            ["MemorySize"] = configuration.MemorySize,
            ["LastModified"] = configuration.LastModified.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fff+0000", CultureInfo.InvariantCulture),
            ["CodeSha256"] = configuration.CodeSha256,
            ["Version"] = "$LATEST",
            ["TracingConfig"] = new JsonObject { ["Mode"] = "PassThrough" },
            ["RevisionId"] = configuration.RevisionId.ToString(),
            ["State"] = "Active",
            ["LastUpdateStatus"] = "Successful",
            ["PackageType"] = configuration.Runtime is null ? "Image" : "Zip",
            ["Architectures"] = new JsonArray(configuration.Architecture),
            ["EphemeralStorage"] = new JsonObject { ["Size"] = 512 },
            ["SnapStart"] = new JsonObject { ["ApplyOn"] = "None", ["OptimizationStatus"] = "Off" },
            ["LoggingConfig"] = new JsonObject { ["LogFormat"] = "Text", ["LogGroup"] = $"/aws/lambda/{configuration.Name}" },
        };
        if (configuration.Variables.Count > 0)
            json["Environment"] = new JsonObject { ["Variables"] = Map(configuration.Variables) };
        if (configuration.DeadLetterTarget is { } target)
            json["DeadLetterConfig"] = new JsonObject { ["TargetArn"] = target };
        return json;
    }

    public static JsonObject Map(IEnumerable<KeyValuePair<string, string>> map) => new(map.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
}
