using Constructs;
using Infra.Constructs;

namespace Infra;

/// <summary>The context values of this app, each checked before anything is built from it.</summary>
internal sealed record Settings
{
    /// <summary><c>stage</c>: prod (default) or dev.</summary>
    internal required Stage Stage { get; init; }

    /// <summary><c>name</c>: what the stacks' names begin with, so that several copies live in one account.</summary>
    internal required string Name { get; init; }

    /// <summary><c>database</c>: an Npgsql connection string of any PostgreSQL. Without it the stacks have an Aurora DSQL cluster.</summary>
    internal string? Database { get; private init; }

    /// <summary><c>publicApi</c>: true lets anyone call the API. By default callers sign with IAM.</summary>
    internal bool PublicApi { get; private init; }

    /// <summary><c>jwtIssuer</c> and <c>jwtAudience</c>: callers bring a token of this issuer for one of these audiences instead of signing with IAM.</summary>
    internal JwtCallers? Jwt { get; private init; }

    /// <summary><c>alarmMail</c>: who gets a mail for each alarm.</summary>
    internal string? AlarmMail { get; private init; }

    /// <summary><c>partnerUrl</c>: the base address of the partner's HTTP API; https, or http on this machine.</summary>
    internal required string PartnerUrl { get; init; }

    /// <summary><c>mailFrom</c>: the sender, an identity verified in SES in the same account and region.</summary>
    internal required string MailFrom { get; init; }

    /// <summary><c>code</c>: publish (default) builds the functions into the assembly; none leaves them out, for those who run them themselves.</summary>
    internal CodeSource Code { get; private init; }

    /// <exception cref="ArgumentException">A value is not usable; the message says which, and what it should be.</exception>
    internal static Settings From(Node node) => new()
    {
        Stage = Text(node, "stage") switch
        {
            null or "prod" => Stage.Prod,
            "dev" => Stage.Dev,
            var other => throw Unusable("stage", other, "dev or prod"),
        },
        Name = StackName(Text(node, "name") ?? "Bookings"),
        Database = ConnectionString(Text(node, "database")),
        PublicApi = Text(node, "publicApi") switch
        {
            null or "false" => false,
            "true" => true,
            var other => throw Unusable("publicApi", other, "true or false"),
        },
        Jwt = JwtOf(node),
        AlarmMail = Text(node, "alarmMail") is { } mail ? Mailbox("alarmMail", mail) : null,
        PartnerUrl = PartnerAddress(Text(node, "partnerUrl") ?? "https://partner.example.com"),
        MailFrom = Mailbox("mailFrom", Text(node, "mailFrom") ?? "bookings@example.com"),
        Code = Text(node, "code") switch
        {
            null or "publish" => CodeSource.Publish,
            "none" => CodeSource.None,
            var other => throw Unusable("code", other, "publish or none"),
        },
    };

    // CloudFormation's characters; the rest of a stack's name needs room.
    private static string StackName(string value) =>
        value.Length <= 40 && char.IsAsciiLetter(value[0]) && value.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
            ? value
            : throw Unusable("name", value, "up to 40 letters, digits and hyphens, a letter first");

    private static string? ConnectionString(string? value) => value switch
    {
        null => null,
        _ when value.StartsWith("arn:", StringComparison.Ordinal) => throw Unusable("database", value,
            "a connection string: a secret's ARN is not supported"),
        _ when !value.Contains("Host=", StringComparison.OrdinalIgnoreCase) => throw new ArgumentException(
            // Not quoted: a connection string may hold a password in spite of all advice.
            "Context value 'database' names no host. Use a connection string such as Host=db.example.com;Database=bookings;Username=app."),
        _ => value,
    };

    private static JwtCallers? JwtOf(Node node) => (Text(node, "jwtIssuer"), Text(node, "jwtAudience"), Text(node, "publicApi")) switch
    {
        (null, null, _) => null,
        (null, _, _) or (_, null, _) => throw new ArgumentException("Context values 'jwtIssuer' and 'jwtAudience' belong together. Set both, or neither: then callers sign with IAM."),
        (_, _, "true") => throw new ArgumentException("Context value 'publicApi' is true, and 'jwtIssuer' is set. Use one: either anyone may call, or those with a token."),
        var (issuer, audiences, _) => new()
        {
            Issuer = Uri.TryCreate(issuer, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
                ? issuer
                : throw Unusable("jwtIssuer", issuer, "the https address that the tokens have in 'iss'"),
            Audiences = audiences.Split(',', StringSplitOptions.TrimEntries) is var all && all.All(audience => audience.Length > 0)
                ? all
                : throw Unusable("jwtAudience", audiences, "what the tokens have in 'aud', several with commas between them"),
        },
    };

    private static string PartnerAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? value
            : throw Unusable("partnerUrl", value, "an absolute https address");

    // The address becomes part of an ARN that limits a policy: a '*' would open it.
    private static string Mailbox(string key, string value) =>
        value.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && value.All(character => char.IsAsciiLetterOrDigit(character) || "@.+-_".Contains(character))
            ? value
            : throw Unusable(key, value, "one plain mail address such as bookings@example.com");

    // The CLI passes text, cdk.json may hold a real boolean.
    private static string? Text(Node node, string key) => node.TryGetContext(key) switch
    {
        null or "" => null,
        bool value => value ? "true" : "false",
        var value => value.ToString(),
    };

    private static ArgumentException Unusable(string key, string? value, string expected) =>
        new($"Context value '{key}' is '{value}'. Use {expected}.");
}
