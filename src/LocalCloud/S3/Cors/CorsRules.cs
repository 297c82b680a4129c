using System.Text;
using System.Xml.Linq;

namespace LocalCloud.S3.Cors;

/// <summary>Reads <c>CORSConfiguration</c> with S3's checks.</summary>
internal static class CorsRules
{
    private const int Most = 100;

    private static readonly string[] Methods = ["GET", "PUT", "HEAD", "POST", "DELETE"];

    /// <exception cref="Http.ServiceException">A rule lacks an origin or a method, or has one that S3 does not know.</exception>
    public static IReadOnlyList<CorsRule> Read(XElement configuration)
    {
        List<CorsRule> rules = [.. configuration.Elements("CORSRule").Select(rule => new CorsRule(
            All(rule, "AllowedOrigin"), All(rule, "AllowedMethod"), All(rule, "AllowedHeader"), All(rule, "ExposeHeader"), rule.Number("MaxAgeSeconds")))];
        if (rules.Count is 0 or > Most || rules.Any(rule => rule.Origins.Length == 0 || rule.Methods.Length == 0))
        {
            throw S3Error.MalformedXml();
        }

        return rules.SelectMany(rule => rule.Methods).FirstOrDefault(method => !Methods.Contains(method)) is { } unknown
            ? throw S3Error.InvalidRequest($"Found unsupported HTTP method in CORS config. Unsupported method is {unknown}")
            : rules.SelectMany(rule => rule.Origins.Concat(rule.Headers)).FirstOrDefault(pattern => pattern.Count(c => c == '*') > 1) is { } wild
            ? throw S3Error.InvalidRequest($"AllowedOrigin or AllowedHeader \"{wild}\" can not have more than one wildcard.")
            : rules.SelectMany(rule => rule.Origins.Concat(rule.Exposed)).Any(text => !Ascii.IsValid(text) || text.Any(char.IsControl))
            ? throw S3Error.MalformedXml()
            : rules;
    }

    private static string[] All(XElement rule, string name) => [.. rule.Elements(name).Select(element => element.Value)];
}
