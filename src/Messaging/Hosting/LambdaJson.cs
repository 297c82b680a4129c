using System.Text.Json.Serialization;
using Amazon.Lambda.SQSEvents;

namespace Messaging.Hosting;

/// <summary>What Lambda hands to a consumer and gets back.</summary>
[JsonSerializable(typeof(SQSEvent))]
[JsonSerializable(typeof(SQSBatchResponse))]
internal sealed partial class LambdaJson : JsonSerializerContext;
