using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Messaging.Encryption;

namespace Messaging.Tests;

/// <summary>Members of any JSON, there and back.</summary>
public sealed class EncryptedMembersTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Associated = [1, 2, 3];

    [Fact]
    public void Any_members_of_any_data_come_back_byte_for_byte() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var random = new Random(seed);
            var root = new JsonObject();
            var paths = new List<string>();
            Grow(root, "", paths, random, depth: 0);
            if (paths.Count == 0)
                return true;
            var data = Encoding.UTF8.GetBytes(root.ToJsonString(new JsonSerializerOptions { WriteIndented = random.Next(2) == 0 }));
            var what = EncryptedData.Members([.. paths.Distinct().OrderBy(_ => random.Next()).Take(random.Next(1, 10))]);

            var (places, missing) = MemberPlaces.Find(data, what);
            using var cipher = new AesGcm(Key, 16);
            var hidden = MemberPlaces.Replace(data, places, [.. places.Select(p => SealedValue.Seal(cipher, data.AsSpan(p.Start, p.Length), Associated))]);
            var (again, _) = MemberPlaces.Find(hidden, what);
            var opened = MemberPlaces.Replace(hidden, again, [.. again.Select(p => SealedValue.Open(cipher, hidden.AsSpan(p.Start, p.Length), Associated)!)]);

            return missing is null && places.Count > 0 && places.Select(p => p.Name).SequenceEqual(again.Select(p => p.Name)) && !hidden.AsSpan().SequenceEqual(data) && opened.AsSpan().SequenceEqual(data);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_member_is_found_however_its_name_is_written()
    {
        var data = """{"guest":{"n\u0061me":1,"NAME":[2],"other":{"name":3}},"Guest":[{"name":{"a":4}},[{"name":null}]],"name":5}"""u8;

        var (found, missing) = MemberPlaces.Find(data, EncryptedData.Members("guest.name"));

        Assert.Null(missing);
        Assert.Equal(["guest.name", "guest.name", "guest[0].name", "guest[1][0].name"], found.Select(p => p.Name));
        var values = new List<string>();
        foreach (var place in found)
            values.Add(Encoding.UTF8.GetString(data.Slice(place.Start, place.Length)));
        Assert.Equal(["1", "[2]", """{"a":4}""", "null"], values);
    }

    // Names repeat on purpose, and paths lead through lists; an ending is a path as long as it is inside no other.
    private static void Grow(JsonObject parent, string path, List<string> endings, Random random, int depth)
    {
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var name = $"{(char)('a' + random.Next(6))}{depth}";
            var inside = path.Length == 0 ? name : $"{path}.{name}";
            if (parent.ContainsKey(name))
                continue;
            if (depth < 4 && random.Next(2) == 0)
            {
                var child = new JsonObject();
                parent[name] = random.Next(3) == 0 ? new JsonArray(child) : child;
                Grow(child, inside, endings, random, depth + 1);
                continue;
            }

            endings.Add(inside);
            parent[name] = random.Next(5) switch
            {
                0 => null,
                1 => random.NextDouble(),
                2 => new string((char)random.Next(0x20, 0xD7FF), random.Next(20)),
                3 => new JsonArray(true, "x", new JsonObject { [name] = "inner" }),
                _ => "ü\"\\",
            };
        }
    }
}
