namespace LocalCloud.Sns.Delivery;

/// <summary>The request that an HTTP endpoint gets.</summary>
internal static class HttpDelivery
{
    public static HttpRequestMessage Request(Subscription subscription, string type, Guid id, byte[] body, string contentType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, subscription.Endpoint) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        request.Headers.TryAddWithoutValidation("User-Agent", "Amazon Simple Notification Service Agent");
        request.Headers.Add("x-amz-sns-message-type", type);
        request.Headers.Add("x-amz-sns-message-id", $"{id}");
        request.Headers.Add("x-amz-sns-topic-arn", subscription.Topic.Arn);
        // While it is pending, a subscription has no ARN that the endpoint could use.
        if (type != "SubscriptionConfirmation")
        {
            request.Headers.Add("x-amz-sns-subscription-arn", subscription.Arn);
        }

        if (type == "Notification" && subscription.IsRaw)
        {
            request.Headers.Add("x-amz-sns-rawdelivery", "true");
        }

        return request;
    }
}
