using System.Security.Cryptography;

namespace Messaging.Encryption;

/// <summary>
/// A data key in the clear. It is zeroed when its cache has dropped it and nobody uses it any more, and never earlier: a cipher with a zeroed key would encrypt,
/// for everybody to read.
/// </summary>
internal sealed class DataKey
{
    private const int KeyBytes = 32;
    private const int TagBytes = 16;

    // Pinned: the garbage collector leaves no copy behind when it moves things.
    private readonly byte[] _key = GC.AllocateArray<byte>(KeyBytes, pinned: true);
    private readonly Lock _gate = new();
    private int _holders = 1;

    /// <summary>Takes the key out of an answer of KMS, and zeroes it there.</summary>
    public DataKey(MemoryStream key, string keyId, string wrapped)
    {
        (KeyId, Wrapped) = (keyId, wrapped);
        if (key.Length != KeyBytes)
            throw new PayloadException($"The data key has {key.Length} bytes; AES-256 takes {KeyBytes}.") { IsFinal = true };
        key.Position = 0;
        key.ReadExactly(_key);
        if (key.CanWrite)
        {
            key.Position = 0;
            key.Write(new byte[KeyBytes]);
        }
    }

    /// <summary>The key that encrypts it.</summary>
    public string KeyId { get; }

    /// <summary>It, encrypted, in base64.</summary>
    public string Wrapped { get; }

    /// <summary>True once it is gone.</summary>
    public bool IsZeroed => !_key.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>A cipher for one message: one is not for several threads. Only for who holds the key.</summary>
    public AesGcm NewCipher() => new(_key, TagBytes);

    /// <summary>False where it is gone already.</summary>
    public bool TryHold()
    {
        lock (_gate)
        {
            if (_holders == 0)
                return false;
            _holders++;
            return true;
        }
    }

    /// <summary>Once for each hold, and once by the cache, which holds it from the start.</summary>
    public void Release()
    {
        lock (_gate)
        {
            if (--_holders == 0)
                CryptographicOperations.ZeroMemory(_key);
        }
    }
}
