using Amazon.Runtime;

namespace Amazon.SimpleEmailV2.Model;

/// <summary>What every SES request derives from.</summary>
public class AmazonSimpleEmailServiceV2Request : AmazonWebServiceRequest;
