using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text.Json.Nodes;

namespace LocalCloud.Templates.Resolving;

/// <summary><c>Fn::Cidr</c>: subnets of a block, each with so many bits for its hosts.</summary>
internal static class Cidr
{
    private const int MostSubnets = 256;

    /// <summary>Null if the block has no room for them, or an argument is no such number.</summary>
    public static JsonArray? Split(string block, string count, string bits)
    {
        if (!IPNetwork.TryParse(block, out var network) || !int.TryParse(count, out var subnets) || subnets is < 1 or > MostSubnets)
            return null;
        var length = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (!int.TryParse(bits, out var hosts) || hosts < 1 || hosts > length - network.PrefixLength)
            return null;
        if (BigInteger.One << (length - network.PrefixLength - hosts) < subnets)
            return null;
        var first = new BigInteger(network.BaseAddress.GetAddressBytes(), isUnsigned: true, isBigEndian: true);
        return new JsonArray([.. Enumerable.Range(0, subnets).Select(number => (JsonNode)JsonValue.Create($"{Address(first + (number * (BigInteger.One << hosts)), length)}/{length - hosts}"))]);
    }

    private static IPAddress Address(BigInteger value, int length)
    {
        var bytes = new byte[length / 8];
        var given = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        given.CopyTo(bytes, bytes.Length - given.Length);
        return new IPAddress(bytes);
    }
}
