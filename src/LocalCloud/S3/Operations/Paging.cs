using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LocalCloud.S3.Operations;

/// <summary>What all listings take: how many, from where, and how keys are written.</summary>
internal static class Paging
{
    private const int Most = 1000;

    /// <summary>A count from the query, cut to what S3 gives at once.</summary>
    /// <exception cref="Http.ServiceException">It is no whole number, or too small.</exception>
    public static int Number(S3Call call, string parameter, int most = Most, int least = 0) => call.Query[parameter] is not { Length: > 0 } text ? most
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? Math.Min(number, most)
        : throw S3Error.InvalidArgument($"Argument {parameter} must be an integer between {least} and 2147483647");

    /// <summary>The key inside an opaque token from an earlier page; null without one.</summary>
    /// <exception cref="Http.ServiceException">It is none of ours.</exception>
    public static string? Token(S3Call call, string parameter)
    {
        if (call.Query[parameter] is not { } token)
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            throw S3Error.InvalidArgument("The continuation token provided is incorrect");
        }
    }

    public static string TokenOf(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    /// <summary>How the client wants keys to be written: as they are, or so that any of them can be in XML.</summary>
    /// <exception cref="Http.ServiceException">In a way that S3 does not know.</exception>
    public static Func<string, string> KeyWriter(S3Call call) => call.Query["encoding-type"] switch
    {
        null or "" => key => key,
        "url" => UrlText.Encode,
        _ => throw S3Error.InvalidArgument("Invalid Encoding Method specified in Request"),
    };
}
