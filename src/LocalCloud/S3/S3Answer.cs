using System.Globalization;
using LocalCloud.Http;

namespace LocalCloud.S3;

/// <summary>What an operation answers; the protocol adds the headers that every answer has.</summary>
internal sealed class S3Answer(int status)
{
    public int Status { get; } = status;

    public List<KeyValuePair<string, string>> Headers { get; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Null when there is no body to have one.</summary>
    public string? ContentType { get; init; }

    public static S3Answer Xml(XmlText xml, int status = 200) => new(status) { Body = xml.ToUtf8(), ContentType = "application/xml" };

    /// <summary>Adds a header; nothing at all when the value is null.</summary>
    public S3Answer With(string header, string? value)
    {
        if (value is not null)
        {
            Headers.Add(new(header, value));
        }

        return this;
    }

    public S3Answer With(IEnumerable<KeyValuePair<string, string>> headers)
    {
        Headers.AddRange(headers);
        return this;
    }

    /// <summary>As <c>Last-Modified</c> is written: whole seconds.</summary>
    public static string HttpDate(DateTimeOffset time) => time.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>As S3's XML writes a time.</summary>
    public static string IsoDate(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
