using LocalCloud.Sqs;

namespace LocalCloud.Persistence.Topics;

/// <summary>A message on its way to an HTTP endpoint.</summary>
/// <param name="SubscriptionArn">Who gets it.</param>
/// <param name="NotificationId">The id it was published with.</param>
/// <param name="Message">The body to post, and what a dead-letter queue would get.</param>
internal sealed record PendingDelivery(string SubscriptionArn, Guid NotificationId, NewMessage Message);
