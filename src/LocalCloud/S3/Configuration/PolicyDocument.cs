using System.Text;
using System.Text.Unicode;
using LocalCloud.Policies;

namespace LocalCloud.S3.Configuration;

/// <summary>A bucket policy that S3 takes.</summary>
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
        Require(body.Length <= Longest, $"Policies may only be {Longest} bytes in length, this one has {body.Length}.");
        Require(Utf8.IsValid(body) && body is [(byte)'{', ..], "Policies must be valid JSON and the first byte must be '{'");
        var text = Encoding.UTF8.GetString(body);
        try
        {
            var statements = PolicyReader.Read(text, PolicyKind.Resource).Statements;
            Require(statements is not [], "Missing required field Statement");
            foreach (var statement in statements)
            {
                Require(statement.Actions.All(action => action == "*" || action.StartsWith("s3:", StringComparison.OrdinalIgnoreCase)), "Policy has invalid action");
                Require(statement.Resources is not null, "Missing required field Resource");
                Require(statement.Resources!.Value.All(resource => IsIn(resource, bucket)), "Policy has invalid resource");
            }

            return new(text, statements.Any(IsOpen));
        }
        catch (MalformedPolicyException malformed)
        {
            throw S3Error.MalformedPolicy(malformed.Message);
        }
    }

    private static bool IsIn(string resource, string bucket) =>
        resource == bucket || resource == bucket + "*" || resource.StartsWith(bucket + "/", StringComparison.Ordinal);

    private static bool IsOpen(Statement statement) => statement.Allows && statement.Conditions is [] && (statement.NotPrincipals || statement.Principals is { Everybody: true });

    private static void Require(bool valid, string message)
    {
        if (!valid)
        {
            throw S3Error.MalformedPolicy(message);
        }
    }
}
