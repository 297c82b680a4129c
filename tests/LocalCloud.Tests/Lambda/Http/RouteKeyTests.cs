using LocalCloud.Lambda.Http;

namespace LocalCloud.Tests.Lambda.Http;

public class RouteKeyTests
{
    private static readonly RouteKey[] Routes =
    [
        .. new[] { "$default", "ANY /files/{path+}", "ANY /bookings/{id}", "GET /bookings/{id}", "GET /bookings/mine", "POST /bookings", "GET /{proxy+}", "GET /bookings/{id}/lines/{line}" }
            .Select(key => new RouteKey(key)).Order(),
    ];

    [Theory]
    [InlineData("POST", "/bookings", "POST /bookings", "")]
    [InlineData("GET", "/bookings/mine", "GET /bookings/mine", "")]
    [InlineData("GET", "/bookings/42", "GET /bookings/{id}", "id=42")]
    [InlineData("DELETE", "/bookings/42", "ANY /bookings/{id}", "id=42")]
    [InlineData("GET", "/bookings/42/lines/7", "GET /bookings/{id}/lines/{line}", "id=42 line=7")]
    [InlineData("PUT", "/files/a/b/c.txt", "ANY /files/{path+}", "path=a/b/c.txt")]
    [InlineData("GET", "/elsewhere/x", "GET /{proxy+}", "proxy=elsewhere/x")]
    [InlineData("GET", "/bookings/", "GET /{proxy+}", "proxy=bookings/")]
    [InlineData("POST", "/elsewhere", "$default", "")]
    [InlineData("PUT", "/files", "$default", "")]
    public void The_most_specific_route_of_the_method_wins(string method, string path, string route, string parameters)
    {
        var (found, values) = Routes.Select(key => (key, values: key.Matches(method, path, out var matched) ? matched : null)).First(match => match.values is not null);

        Assert.Equal(route, found.Text);
        Assert.Equal(parameters, string.Join(' ', values!.Select(value => $"{value.Key}={value.Value}")));
    }

    [Theory]
    [InlineData("bookings")]
    [InlineData("GET")]
    [InlineData("GET bookings")]
    public void What_is_no_route_key_is_an_error_that_says_what_to_write(string key) => Assert.Equal(
        $"'{key}' is no route key. Write a method and a path, as in 'GET /bookings/{{id}}', or '$default'.",
        Assert.Throws<FormatException>(() => new RouteKey(key)).Message);
}
