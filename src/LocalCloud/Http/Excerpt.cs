namespace LocalCloud.Http;

/// <summary>What an error message shows of a value that may be long.</summary>
internal static class Excerpt
{
    private const int Longest = 100;

    public static string Of(string value) => value.Length > Longest ? value[..Longest] + "…" : value;
}
