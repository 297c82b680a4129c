using System.Text.Json.Serialization;

namespace Functions.Migrations;

/// <summary>What CloudFormation asks of a custom resource.</summary>
internal sealed record CustomResourceRequest(
    [property: JsonPropertyName("RequestType")] string RequestType,
    [property: JsonPropertyName("ResponseURL")] Uri? ResponseUrl,
    [property: JsonPropertyName("StackId")] string? StackId,
    [property: JsonPropertyName("RequestId")] string? RequestId,
    [property: JsonPropertyName("LogicalResourceId")] string? LogicalResourceId,
    [property: JsonPropertyName("PhysicalResourceId")] string? PhysicalResourceId);

/// <summary>What CloudFormation is told.</summary>
internal sealed record CustomResourceResponse(
    [property: JsonPropertyName("Status")] string Status,
    [property: JsonPropertyName("Reason")] string? Reason,
    [property: JsonPropertyName("PhysicalResourceId")] string PhysicalResourceId,
    [property: JsonPropertyName("StackId")] string? StackId,
    [property: JsonPropertyName("RequestId")] string? RequestId,
    [property: JsonPropertyName("LogicalResourceId")] string? LogicalResourceId);

[JsonSerializable(typeof(CustomResourceRequest))]
[JsonSerializable(typeof(CustomResourceResponse))]
internal sealed partial class MigrationsJson : JsonSerializerContext;
