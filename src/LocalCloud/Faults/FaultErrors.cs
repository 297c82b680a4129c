using LocalCloud.Http;

namespace LocalCloud.Faults;

/// <summary>What each service says when it is throttling or broken, such that its clients try again.</summary>
internal static class FaultErrors
{
    private const string Coral = "com.amazon.coral.service#";
    private const string DynamoDb = "com.amazonaws.dynamodb.v20120810#";

    public static ServiceException Throttled(string service) => service switch
    {
        // 403 is what SQS's own clients look for beside the code.
        ServiceName.Sqs => new("RequestThrottled", "The request was denied due to request throttling.", "com.amazonaws.sqs#RequestThrottled", 403),
        ServiceName.S3 => new("SlowDown", "Please reduce your request rate.", status: 503),
        ServiceName.DynamoDb => new(
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
            DynamoDb + "ProvisionedThroughputExceededException"),
        ServiceName.Kinesis => new("ProvisionedThroughputExceededException", "Rate exceeded for the shard."),
        ServiceName.Kms => new("ThrottlingException", "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls."),
        ServiceName.Lambda => new("TooManyRequestsException", "Rate Exceeded.", status: 429),
        ServiceName.Ses => new("TooManyRequestsException", "Too many requests have been made to the operation.", status: 429),
        ServiceName.Sns or ServiceName.Sts or ServiceName.Iam => new("Throttling", "Rate exceeded"),
        _ => new("ThrottlingException", "Rate exceeded"),
    };

    public static ServiceException Internal(string service) => service switch
    {
        ServiceName.Sqs => new("InternalFailure", "The request processing has failed because of an unknown error, exception or failure.", Coral + "InternalFailure", 500),
        ServiceName.Sns => new("InternalError", "The request processing has failed because of an internal error.", status: 500),
        ServiceName.S3 => new("InternalError", "We encountered an internal error. Please try again.", status: 500),
        ServiceName.DynamoDb => new("InternalServerError", "Internal server error", DynamoDb + "InternalServerError", 500),
        ServiceName.Kms => new("KMSInternalException", "An internal error occurred. Try again.", status: 500),
        ServiceName.Lambda => new("ServiceException", "An error occurred and the request cannot be processed.", status: 500),
        ServiceName.Iam => new("ServiceFailure", "The request processing has failed because of an unknown error or exception.", status: 500),
        _ => new("InternalFailure", "The request processing has failed because of an unknown error, exception or failure.", status: 500),
    };

    public static ServiceException Unavailable(string service) => service switch
    {
        ServiceName.Sqs => new("ServiceUnavailable", "The request has failed due to a temporary failure of the server.", Coral + "ServiceUnavailableException", 503),
        ServiceName.S3 => new("ServiceUnavailable", "Service is unable to handle request.", status: 503),
        _ => new("ServiceUnavailable", "The request has failed due to a temporary failure of the server.", status: 503),
    };
}
