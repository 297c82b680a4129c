using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LocalCloud.Sns;

/// <summary>The key with which SNS signs, made at first use, and its certificate for those who verify.</summary>
internal sealed class Signer
{
    private readonly Lazy<(RSA Key, string Pem, string Name)> _key = new(Create);

    /// <summary>The path of the certificate on this endpoint.</summary>
    public string CertificatePath => $"/SimpleNotificationService-{_key.Value.Name}.pem";

    public string CertificatePem => _key.Value.Pem;

    /// <summary>Signs the string to sign: with SHA-1 as signature version 1 asks for, with SHA-256 as version 2 does.</summary>
    public string Sign(byte[] text, bool sha256)
    {
        var key = _key.Value.Key;
        // RSA objects are not safe for concurrent use.
        lock (key)
        {
            return Convert.ToBase64String(key.SignData(text, sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
        }
    }

    private static (RSA Key, string Pem, string Name) Create()
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=sns.amazonaws.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return (key, certificate.ExportCertificatePem(), certificate.GetCertHashString(HashAlgorithmName.SHA1).ToLowerInvariant()[..32]);
    }
}
