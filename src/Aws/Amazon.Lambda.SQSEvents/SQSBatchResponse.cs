using System.Text.Json.Serialization;

namespace Amazon.Lambda.SQSEvents;

/// <summary>Which messages of a batch failed. Ignored, and the failed ones deleted, unless the mapping has <c>ReportBatchItemFailures</c>.</summary>
public class SQSBatchResponse
{
    /// <summary>All succeeded.</summary>
    public SQSBatchResponse()
        : this([])
    {
    }

    /// <summary>These failed.</summary>
    public SQSBatchResponse(List<BatchItemFailure> batchItemFailures) => BatchItemFailures = batchItemFailures;

    /// <summary>The failed messages. On FIFO queues: the first that failed and all after it.</summary>
    [JsonPropertyName("batchItemFailures")]
    public List<BatchItemFailure> BatchItemFailures { get; set; }

    /// <summary>One failed message.</summary>
    public class BatchItemFailure
    {
        /// <summary>Its message id. One that is not of the batch fails the whole batch.</summary>
        [JsonPropertyName("itemIdentifier")]
        public string? ItemIdentifier { get; set; }
    }
}
