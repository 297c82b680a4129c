using System.Buffers.Text;
using System.Security.Cryptography;

namespace LocalCloud.S3.Objects;

/// <summary>Ids of versions and uploads: text that says nothing and fits a URL.</summary>
internal static class VersionIds
{
    public static string New(int bytes = 24) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes)).Replace('-', '.');
}
