using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

/// <summary>What every SNS request derives from.</summary>
public class AmazonSimpleNotificationServiceRequest : AmazonWebServiceRequest;
