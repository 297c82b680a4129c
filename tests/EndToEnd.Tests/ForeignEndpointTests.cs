using Tests.Common;

namespace EndToEnd.Tests;

/// <summary>Another emulator in the place of LocalCloud's SQS and SNS.</summary>
public sealed class ForeignEndpointTests
{
    [Fact]
    public async Task The_same_flow_runs_on_moto_and_leaves_no_queue_there()
    {
        await using var moto = await Moto.StartAsync();
        await using (var local = await LocalProcess.StartAsync("--endpoint", $"{moto.Address}"))
        {
            using var client = new BookingClient(local.Address);
            var id = await client.BookAsync(BookingClient.Booking());
            BookingTests.EffectsHappenedOnce(await client.WaitAsync(id, r => r.IsConfirmedEverywhere));
            Assert.NotEmpty(await QueuesAsync(moto));
        }

        Assert.Empty(await QueuesAsync(moto));
    }

    [Fact]
    public async Task An_endpoint_where_nothing_answers_is_one_sentence()
    {
        await using var local = await LocalProcess.FailAsync(null, "--port", "0", "--cloud-port", "0", "--endpoint", "http://127.0.0.1:1");

        Assert.Equal(1, local.ExitCode);
        Assert.Equal("Nothing answers at http://127.0.0.1:1: start the emulator, or leave --endpoint out.", local.LastLine);
    }

    private static async Task<IEnumerable<string>> QueuesAsync(Moto moto) => (await moto.CallAsync("sqs", "ListQueues"))["QueueUrl"];
}
