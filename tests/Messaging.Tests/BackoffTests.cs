using Messaging.Consuming;

namespace Messaging.Tests;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(5, 32)]
    [InlineData(40, 12 * 3_600)]
    [InlineData(0, 2)]
    public void The_bound_doubles_with_each_attempt_up_to_twelve_hours(int attempts, double boundInSeconds)
    {
        var first = TimeSpan.FromSeconds(2);

        Assert.Equal(TimeSpan.Zero, Backoff.Next(attempts, first, 0));
        Assert.Equal(boundInSeconds / 2, Backoff.Next(attempts, first, 0.5).TotalSeconds, 3);
        Assert.True(Backoff.Next(attempts, first, 0.999).TotalSeconds < boundInSeconds);
    }
}
