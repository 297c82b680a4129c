using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using LocalCloud.Persistence;

namespace LocalCloud.Tests.Persistence;

public class JournalTests
{
    [Fact]
    public async Task A_last_record_that_was_cut_off_is_dropped_and_the_rest_is_kept()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work");
        await it.Cloud.SendAsync(queue, "kept");
        await it.Cloud.SendAsync(queue, "cut off");

        await it.KillAsync(folder => Resize(folder, -3));
        await it.Cloud.SendAsync(queue, "later");
        await it.KillAsync(folder => Resize(folder, +7));

        Assert.Equal(["kept", "later"], await it.Cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_kill_before_the_first_byte_of_a_new_file_loses_nothing()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work");
        await it.Cloud.SendAsync(queue, "kept");

        await it.KillAsync(folder => File.WriteAllBytes(Path.Combine(folder, "journal-00000099"), [1, 2]));

        Assert.Equal(["kept"], await it.Cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_record_that_is_broken_before_the_end_is_an_error_that_names_file_and_byte()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work");
        await it.Cloud.SendAsync(queue, "the broken one");
        await it.Cloud.SendAsync(queue, "the next one");
        var offset = 0;

        var error = await Assert.ThrowsAsync<JournalException>(() => it.KillAsync(folder => Change(folder, bytes =>
        {
            offset = bytes.AsSpan().IndexOf("the broken one"u8);
            bytes[offset] = (byte)'T';
        })));

        Assert.Matches("journal-[0-9]+ is broken at byte [0-9]+, and records follow. Restore the folder from a copy", error.Message);
        Assert.True(int.Parse(error.Message.Split("at byte ")[1].Split(',')[0], null) < offset);
    }

    [Fact]
    public async Task A_length_that_is_broken_is_not_taken_for_the_end()
    {
        await using var it = await PersistentCloud.StartAsync();
        await it.Cloud.CreateQueueAsync("work");

        // The first record's header follows the file's own.
        var error = await Assert.ThrowsAsync<JournalException>(() => it.KillAsync(folder => Change(folder, bytes => bytes[12 + 2] ^= 0x40)));

        Assert.Contains("is broken at byte 12", error.Message);
    }

    [Fact]
    public async Task Another_version_and_another_kind_of_file_are_refused()
    {
        await using var it = await PersistentCloud.StartAsync();
        await it.Cloud.CreateQueueAsync("work");

        var version = await Assert.ThrowsAsync<JournalException>(() => it.KillAsync(folder => Change(folder, bytes => bytes[8] = 99)));
        var other = await Assert.ThrowsAsync<JournalException>(() => StartAsync(it, "no journal at all"));

        Assert.Contains("has version 99 of the journal's format, this program knows version 1", version.Message);
        Assert.Contains("is no journal of LocalCloud", other.Message);
    }

    [Fact]
    public async Task A_second_process_on_the_folder_is_told_so()
    {
        await using var it = await PersistentCloud.StartAsync();

        var error = await Assert.ThrowsAsync<JournalException>(() => TestCloud.StartAsync(persistTo: it.Folder));

        Assert.Equal($"Another process uses the folder {it.Folder}: stop it first, or choose another folder.", error.Message);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_so()
    {
        await using var it = await PersistentCloud.StartAsync();

        var error = await Assert.ThrowsAsync<JournalException>(() => TestCloud.StartAsync(persistTo: Path.Combine(it.Files[0], "below a file")));

        Assert.Contains("cannot be made", error.Message);
    }

    [Fact]
    public async Task What_cannot_be_written_is_never_acknowledged()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work");
        await it.Cloud.SendAsync(queue, "kept");
        // The next file will be a disk without room.
        var full = Path.Combine(it.Folder, $"journal-{int.Parse(Path.GetFileName(it.Files[^1])["journal-".Length..], null) + 1:D8}");
        File.CreateSymbolicLink(full, "/dev/full");
        it.Cloud.Compact();

        JsonObject send = new() { ["QueueUrl"] = queue, ["MessageBody"] = "lost" };
        var (status, answer, _) = await it.Cloud.SqsRawAsync("SendMessage", Encoding.UTF8.GetBytes(send.ToJsonString()));
        var (sns, refusal) = await it.Cloud.QueryAsync("2010-03-31", ("Action", "CreateTopic"), ("Name", "events"));

        Assert.Equal((503, "ServiceUnavailable"), (status, (string)answer["__type"]!));
        Assert.Contains("Make room or mend the disk, then start again.", (string)answer["message"]!);
        Assert.Equal((503, "ServiceUnavailable"), (sns, refusal.Descendants("Code").Single().Value));
        File.Delete(full);
        await it.KillAsync();
        Assert.Equal(["kept"], await it.Cloud.BodiesAsync(queue));
    }

    [Fact]
    public async Task A_compaction_leaves_only_what_is_still_true()
    {
        await using var it = await PersistentCloud.StartAsync();
        var queue = await it.Cloud.CreateQueueAsync("work");
        for (var i = 0; i < 200; i++)
        {
            await it.Cloud.SendAsync(queue, new string('x', 1000));
            await it.Cloud.DeleteAsync(queue, Assert.Single(await it.Cloud.ReceiveAsync(queue)));
        }

        await it.Cloud.SendAsync(queue, "kept");
        var before = new FileInfo(Assert.Single(it.Files)).Length;
        it.Cloud.Compact();

        Assert.InRange(before, 200_000, long.MaxValue);
        Assert.InRange(new FileInfo(Assert.Single(it.Files)).Length, 1, 2_000);
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_while_compactions_run()
    {
        await using var it = await PersistentCloud.StartAsync();
        var dead = await it.Cloud.CreateQueueAsync("dead");
        var redrive = new JsonObject { ["deadLetterTargetArn"] = TestCloud.ArnOf(dead), ["maxReceiveCount"] = 1 }.ToJsonString();
        var queue = await it.Cloud.CreateQueueAsync("work", new() { ["RedrivePolicy"] = redrive });
        ConcurrentDictionary<string, bool> sent = [];
        var working = Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                var body = $"{worker}-{i}";
                // Before it is sent, for another worker may delete it at once.
                sent[body] = true;
                await it.Cloud.SendAsync(queue, body);
                // Seen once, then moved to the dead-letter queue by the next receive; every fourth deleted.
                foreach (var message in await it.Cloud.ReceiveAsync(queue, count: 1, visibility: i % 4 == 0 ? 30 : 0))
                {
                    if (i % 4 == 0)
                    {
                        await it.Cloud.DeleteAsync(queue, message);
                        sent.TryRemove((string)message["Body"]!, out _);
                    }
                }
            }
        })));
        while (!working.IsCompleted)
        {
            it.Cloud.Compact();
            await Task.Yield();
        }

        await working;
        await it.KillAsync();
        List<string> found = [];
        foreach (var place in new[] { queue, dead })
        {
            it.Time.Advance(TimeSpan.FromMinutes(1));
            while (await it.Cloud.ReceiveAsync(place) is { Count: > 0 } messages)
            {
                found.AddRange(messages.Select(message => (string)message["Body"]!));
            }
        }

        found.AddRange(await it.Cloud.BodiesAsync(dead));
        Assert.Equal(sent.Keys.Order(), found.Order());
    }

    private static async Task StartAsync(PersistentCloud it, string content)
    {
        var folder = it.NextFolder();
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "journal-00000001"), content, TestContext.Current.CancellationToken);
        await using var _ = await TestCloud.StartAsync(persistTo: folder);
    }

    private static void Resize(string folder, int by)
    {
        using var file = new FileStream(Last(folder), FileMode.Open);
        file.SetLength(file.Length + by);
    }

    private static void Change(string folder, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(Last(folder));
        change(bytes);
        File.WriteAllBytes(Last(folder), bytes);
    }

    private static string Last(string folder) => Directory.GetFiles(folder, "journal-*").Order(StringComparer.Ordinal).Last();
}
