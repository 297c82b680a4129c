using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace LocalCloud.S3.Configuration;

/// <summary>A bucket policy that S3 takes: what it says is for the evaluation to find out.</summary>
/// <param name="Text">As the client wrote it.</param>
/// <param name="IsPublic">Whether it lets everybody in without a condition.</param>
internal sealed record PolicyDocument(string Text, bool IsPublic)
{
    private const int Longest = 20 * 1024;

    /// <param name="body">At most 20 KiB of JSON.</param>
    /// <param name="bucket">The ARN that every resource must begin with.</param>
    /// <exception cref="Http.ServiceException">MalformedPolicy, saying what is wrong.</exception>
    public static PolicyDocument Read(byte[] body, string bucket)
    {
        if (body.Length > Longest)
        {
            throw S3Error.MalformedPolicy($"Policies may only be {Longest} bytes in length, this one has {body.Length}.");
        }

        try
        {
            if (!Utf8.IsValid(body) || body is not [(byte)'{', ..])
            {
                throw S3Error.MalformedPolicy("Policies must be valid JSON and the first byte must be '{'");
            }

            using var document = JsonDocument.Parse(body);
            Require(String(document.RootElement, "Version") is null or "2012-10-17" or "2008-10-17", "The policy must contain a valid version string");
            var statements = Items(document.RootElement, "Statement");
            Require(statements.Count > 0, "Missing required field Statement");
            statements.ForEach(statement => Check(statement, bucket));
            return new(Encoding.UTF8.GetString(body), statements.Exists(IsOpen));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw S3Error.MalformedPolicy("Policies must be valid JSON and the first byte must be '{'");
        }
    }

    private static void Check(JsonElement statement, string bucket)
    {
        Require(statement.ValueKind == JsonValueKind.Object, "Statement must be an object");
        Require(String(statement, "Effect") is "Allow" or "Deny", "Missing required field Effect");
        Require(statement.TryGetProperty("Principal", out _) || statement.TryGetProperty("NotPrincipal", out _), "Missing required field Principal");
        var actions = Either(statement, "Action");
        Require(actions.TrueForAll(action => action.GetString() is "*" || action.GetString()!.StartsWith("s3:", StringComparison.OrdinalIgnoreCase)), "Policy has invalid action");
        Require(Either(statement, "Resource").TrueForAll(resource => IsIn(resource.GetString()!, bucket)), "Policy has invalid resource");
    }

    private static bool IsIn(string resource, string bucket) =>
        resource == bucket || resource.StartsWith(bucket + "/", StringComparison.Ordinal) || (resource.StartsWith(bucket, StringComparison.Ordinal) && resource[bucket.Length..] == "*");

    private static List<JsonElement> Either(JsonElement statement, string name)
    {
        var items = Items(statement, name) is { Count: > 0 } found ? found : Items(statement, "Not" + name);
        Require(items.Count > 0, "Missing required field " + name);
        return items;
    }

    private static bool IsOpen(JsonElement statement) =>
        String(statement, "Effect") == "Allow"
        && !statement.TryGetProperty("Condition", out _)
        && statement.TryGetProperty("Principal", out var principal)
        && (principal.ValueKind == JsonValueKind.Object
            ? Items(principal, "AWS").Exists(item => item.ValueEquals("*"))
            : principal.ValueKind == JsonValueKind.String && principal.ValueEquals("*"));

    private static string? String(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static List<JsonElement> Items(JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? [] : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private static void Require(bool valid, string message)
    {
        if (!valid)
        {
            throw S3Error.MalformedPolicy(message);
        }
    }
}
