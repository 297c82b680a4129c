using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LocalCloud.Sns;

/// <summary>The key with which SNS signs, made at first use, and its certificate for those who verify.</summary>
internal sealed class Signer
{
    private readonly Lock _gate = new();
    private readonly Action<byte[], string> _record;
    private (byte[] Key, string Pem)? _recorded;
    private Lazy<(RSA Key, string Pem, string Name)> _key;

    /// <param name="record">Gets the new key as PKCS #8, and its certificate as PEM.</param>
    public Signer(Action<byte[], string> record) => (_record, _key) = (record, new(Create));

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

    /// <summary>Records the key again, if there is one.</summary>
    public void Snapshot()
    {
        lock (_gate)
        {
            if (_recorded is { } recorded)
            {
                _record(recorded.Key, recorded.Pem);
            }
        }
    }

    /// <summary>Takes up an earlier process's key, before anybody asks for one.</summary>
    public void Restore(byte[] key, string certificatePem)
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key, out _);
        using var certificate = X509Certificate2.CreateFromPem(certificatePem);
        var name = NameOf(certificate);
        _key = new(() => (rsa, certificatePem, name));
        _recorded = (key, certificatePem);
    }

    private static string NameOf(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA1).ToLowerInvariant()[..32];

    private (RSA Key, string Pem, string Name) Create()
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=sns.amazonaws.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var pem = certificate.ExportCertificatePem();
        lock (_gate)
        {
            _recorded = (key.ExportPkcs8PrivateKey(), pem);
            _record(_recorded.Value.Key, pem);
        }

        return (key, pem, NameOf(certificate));
    }
}
