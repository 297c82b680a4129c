using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalCloud.Sns.Operations;

/// <summary>GetDataProtectionPolicy and PutDataProtectionPolicy: the policy is kept, not acted on.</summary>
internal static class DataProtection
{
    private const int Longest = 30_720;

    /// <summary>The permission that CreateTopic needs too, if it brings a policy along.</summary>
    public const string PutAction = "sns:PutDataProtectionPolicy";

    public static void Get(SnsCall call) => call.Output.Element("DataProtectionPolicy", Topic(call, "sns:GetDataProtectionPolicy").DataProtectionPolicy);

    public static void Put(SnsCall call) => call.Sns.SetDataProtection(Topic(call, PutAction), Check(call.Input.Required("DataProtectionPolicy")));

    /// <exception cref="Http.ServiceException">It is no JSON object of at most 30,720 bytes.</exception>
    public static string Check(string policy)
    {
        try
        {
            return policy.Length <= Longest && JsonNode.Parse(policy) is JsonObject ? policy : throw SnsError.InvalidParameter($"DataProtectionPolicy Reason: it must be a JSON object of at most {Longest} bytes");
        }
        catch (Exception malformed) when (malformed is JsonException or ArgumentException or InvalidOperationException)
        {
            throw SnsError.InvalidParameter("DataProtectionPolicy Reason: failed to parse JSON");
        }
    }

    private static Topic Topic(SnsCall call, string action) => call.Topic(action, call.Input.Required("ResourceArn"));
}
