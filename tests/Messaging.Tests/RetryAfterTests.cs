using System.Net;
using LocalCloud.Tests;
using Messaging.Consuming;

namespace Messaging.Tests;

public sealed class RetryAfterTests
{
    private readonly FakeTime _time = new();

    [Theory]
    [InlineData("120", 120)]
    [InlineData("43200", 12 * 3_600)]
    [InlineData("2147483647", 12 * 3_600)]
    [InlineData("Fri, 20 Nov 2026 12:05:00 GMT", 300)]
    [InlineData("Wed, 20 Nov 2030 12:00:00 GMT", 12 * 3_600)]
    public void Seconds_and_dates_are_read_and_bounded(string header, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read(header));

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("99999999999999999999")]
    [InlineData("Fri, 20 Nov 2026 12:00:00 GMT")]
    [InlineData("Fri, 20 Nov 2026 11:59:00 GMT")]
    public void What_names_no_time_to_come_is_left_to_the_backoff(string? header) => Assert.Null(Read(header));

    private TimeSpan? Read(string? header)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        if (header is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", header);
        return response.RetryAfter(_time);
    }
}
