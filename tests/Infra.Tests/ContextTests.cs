using Amazon.CDK;

namespace Infra.Tests;

public sealed class ContextTests(Synthesis synthesis)
{
    [Fact]
    public void Callers_of_the_api_sign_with_iam()
    {
        var routes = synthesis.OfType("AWS::ApiGatewayV2::Route");

        Assert.Equal(
            ["DELETE /bookings/{id}", "GET /availability", "GET /bookings/{id}", "GET /hotels", "GET /reports/revenue/{month}",
             "POST /bookings", "POST /reports/revenue/{month}", "PUT /bookings/{id}"],
            routes.Select(route => route.Text("RouteKey")).Order(StringComparer.Ordinal));
        Assert.All(routes, route => Assert.Equal("AWS_IAM", route.Text("AuthorizationType")));
    }

    [Fact]
    public void Only_publicApi_lets_anyone_call()
    {
        using var open = new Synthesis(("publicApi", "true"));

        Assert.All(open.OfType("AWS::ApiGatewayV2::Route"), route => Assert.Equal(IsInternal(route) ? "AWS_IAM" : "NONE", route.Text("AuthorizationType")));
    }

    [Fact]
    public void With_an_issuer_callers_bring_its_tokens()
    {
        using var tokens = new Synthesis(("jwtIssuer", "https://login.example.com/"), ("jwtAudience", "bookings, partners"));

        var authorizer = Assert.Single(tokens.OfType("AWS::ApiGatewayV2::Authorizer"));
        Assert.Equal("JWT", authorizer.Text("AuthorizerType"));
        Assert.Equal("""{"Audience":["bookings","partners"],"Issuer":"https://login.example.com/"}""", authorizer["JwtConfiguration"]!.Value.GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal));
        var routes = tokens.OfType("AWS::ApiGatewayV2::Route");
        Assert.All(routes.Where(IsInternal), route => Assert.Equal("AWS_IAM", route.Text("AuthorizationType")));
        Assert.All(routes.Where(route => !IsInternal(route)), route => Assert.Equal(("JWT", authorizer), (route.Text("AuthorizationType"), tokens.Target(route, route["AuthorizerId"]!.Value))));
    }

    [Theory]
    [InlineData("Context values 'jwtIssuer' and 'jwtAudience' belong together. Set both, or neither: then callers sign with IAM.", "jwtIssuer=https://login.example.com/")]
    [InlineData("Context values 'jwtIssuer' and 'jwtAudience' belong together. Set both, or neither: then callers sign with IAM.", "jwtAudience=bookings")]
    [InlineData("Context value 'jwtIssuer' is 'http://login.example.com/'. Use the https address that the tokens have in 'iss'.", "jwtIssuer=http://login.example.com/", "jwtAudience=bookings")]
    [InlineData("Context value 'jwtAudience' is 'a,,b'. Use what the tokens have in 'aud', several with commas between them.", "jwtIssuer=https://login.example.com/", "jwtAudience=a,,b")]
    [InlineData("Context value 'publicApi' is true, and 'jwtIssuer' is set. Use one: either anyone may call, or those with a token.", "jwtIssuer=https://login.example.com/", "jwtAudience=bookings", "publicApi=true")]
    public void Callers_that_are_half_described_are_refused(string message, params string[] context)
    {
        var app = new App(new AppProps { Context = context.Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], object (pair) => pair[1]) });

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Settings.From(app.Node)).Message);
    }

    [Fact]
    public void Without_a_database_there_is_an_Aurora_DSQL_cluster_that_cannot_be_deleted_by_accident()
    {
        var cluster = Assert.Single(synthesis.OfType("AWS::DSQL::Cluster"));

        Assert.True(cluster.Flag("DeletionProtectionEnabled"));
        Assert.Equal("Retain", cluster.Body.GetProperty("DeletionPolicy").GetString());
        Assert.EndsWith(";Database=postgres;Username=admin;SSL Mode=VerifyFull", DatabaseOf(synthesis).GetProperty("Fn::Join")[1][2].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_database_there_is_no_cluster_and_no_permission_to_connect_to_one()
    {
        const string ConnectionString = "Host=db.example.com;Database=bookings;Username=app";
        using var other = new Synthesis(("database", ConnectionString));

        Assert.DoesNotContain(other.Resources, resource => resource.Type == "AWS::DSQL::Cluster");
        Assert.DoesNotContain(other.OfType("AWS::IAM::Policy"), policy => policy.Body.GetRawText().Contains("dsql:", StringComparison.Ordinal));
        Assert.Equal(ConnectionString, DatabaseOf(other).GetString());
    }

    [Theory]
    [InlineData("stage", "test", "Context value 'stage' is 'test'. Use dev or prod.")]
    [InlineData("name", "2nd copy", "Context value 'name' is '2nd copy'. Use up to 40 letters, digits and hyphens, a letter first.")]
    [InlineData("publicApi", "yes", "Context value 'publicApi' is 'yes'. Use true or false.")]
    [InlineData("code", "zip", "Context value 'code' is 'zip'. Use publish or none.")]
    [InlineData("partnerUrl", "http://partner.example.com", "Context value 'partnerUrl' is 'http://partner.example.com'. Use an absolute https address.")]
    [InlineData("mailFrom", "*@example.com", "Context value 'mailFrom' is '*@example.com'. Use one plain mail address such as bookings@example.com.")]
    [InlineData("alarmMail", "on call", "Context value 'alarmMail' is 'on call'. Use one plain mail address such as bookings@example.com.")]
    [InlineData("database", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:db",
        "Context value 'database' is 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:db'. Use a connection string: a secret's ARN is not supported.")]
    [InlineData("database", "Password=open sesame",
        "Context value 'database' names no host. Use a connection string such as Host=db.example.com;Database=bookings;Username=app.")]
    public void A_context_value_that_cannot_be_used_is_named_with_what_can_be(string key, string value, string message)
    {
        var app = new App(new AppProps { Context = new Dictionary<string, object> { [key] = value } });

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Settings.From(app.Node)).Message);
    }

    // What hotels earn is nobody's business but the house's.
    private static bool IsInternal(Resource route) => route.Text("RouteKey")!.Contains("/reports/", StringComparison.Ordinal);

    private static System.Text.Json.JsonElement DatabaseOf(Synthesis synthesis) =>
        synthesis.Function("Booking")["Environment"]!.Value.GetProperty("Variables").GetProperty("DATABASE");
}
