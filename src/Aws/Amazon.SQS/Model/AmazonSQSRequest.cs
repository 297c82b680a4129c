using Amazon.Runtime;

namespace Amazon.SQS.Model;

/// <summary>What every SQS request derives from.</summary>
public class AmazonSQSRequest : AmazonWebServiceRequest;
