using System.Reflection;
using System.Text;
using Contracts;
using Functions.Booking;
using Messaging.Consuming;
using Messaging.Envelope;
using Messaging.Publishing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Functions.Tests;

/// <summary>A contract that says what is secret says it to both ends.</summary>
public sealed class ContractEncryptionTests
{
    private static readonly Contract<CancelBooking> Secret = Messages.CancelBooking with { Encryption = ["$"] };

    [Fact]
    public void A_message_of_a_contract_that_demands_encryption_does_not_leave_in_the_clear()
    {
        Assert.Throws<ArgumentException>(() => ToMessage(Secret).ToOutbound());
        Assert.NotNull(ToMessage(Messages.CancelBooking).ToOutbound());
    }

    [Fact]
    public async Task A_consumer_of_a_contract_that_demands_encryption_refuses_a_clear_message()
    {
        var clear = Encoding.UTF8.GetBytes(ToMessage(Messages.CancelBooking).Body);
        MessageHandler<CancelBooking> done = (_, _) => Task.FromResult(Verdict.Done);

        Assert.Equal(Verdict.Done, await On(Messages.CancelBooking).HandleAsync(clear, 1, TestContext.Current.CancellationToken));
        Assert.Contains("encrypted, and that is in the clear", (await On(Secret).HandleAsync(clear, 1, TestContext.Current.CancellationToken)).ToString(), StringComparison.Ordinal);

        Consumer On(Contract<CancelBooking> contract) => (Consumer)Call("On", new Consumer("tests", NullLogger.Instance), contract, done);
    }

    [Fact]
    public async Task An_older_version_that_demands_encryption_is_not_taken_in_the_clear_either()
    {
        var newer = Messages.CancelBooking with { Type = "booking.cancel.v2" };
        MessageHandler<CancelBooking> done = (_, _) => Task.FromResult(Verdict.Done);
        Func<CancelBooking, CancelBooking> same = old => old;
        var consumer = (Consumer)Call("On", new Consumer("tests", NullLogger.Instance), newer, done);
        Generic("Upcast", 2).Invoke(null, [consumer, Secret, newer, same]);

        var verdict = await consumer.HandleAsync(Encoding.UTF8.GetBytes(ToMessage(Messages.CancelBooking).Body), 1, TestContext.Current.CancellationToken);

        Assert.Contains("encrypted, and that is in the clear", verdict.ToString(), StringComparison.Ordinal);
    }

    private static OutgoingMessage ToMessage(Contract<CancelBooking> contract) =>
        (OutgoingMessage)Call("ToMessage", contract, new CancelBooking(Guid.Empty), new CloudEvent("1", "/tests", contract.Type, DateTimeOffset.UnixEpoch));

    private static object Call(string method, params object[] arguments) => Generic(method, 1).Invoke(null, arguments)!;

    // Every function has the extensions compiled in, so their name alone is ambiguous here.
    private static MethodInfo Generic(string method, int types) => typeof(BookingHandler).Assembly.GetType("Functions.ContractExtensions", throwOnError: true)!
        .GetMethod(method, BindingFlags.Public | BindingFlags.Static)!.MakeGenericMethod([.. Enumerable.Repeat(typeof(CancelBooking), types)]);
}
