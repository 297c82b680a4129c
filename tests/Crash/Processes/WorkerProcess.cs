using Contracts;
using Messaging.Consuming;
using Messaging.Hosting;
using Messaging.Inbox;
using Messaging.Polling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crash.Processes;

/// <summary>A long-polling worker with two queues: booking events, of which it makes notes, and the notes.</summary>
internal static class WorkerProcess
{
    public const string Bookings = "worker";
    public const string Notes = "notes";

    public static async Task<int> RunAsync()
    {
        Orphan.EndWithParent();
        await using var parts = new FunctionHost();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        var bookings = parts.Inbox(Bookings);
        builder.Services.AddSqsWorker(Options(Bookings, parts), services => NewConsumer(Bookings, services)
            .On(Messages.BookingConfirmed.Type, Messages.BookingConfirmed.Json, bookings.InTransaction<BookingConfirmed>(
                (message, work, ct) => NoteTaking.RecordAsync(message.Data.BookingId, "confirmed", work, ct)))
            .On(Messages.BookingCancelled.Type, Messages.BookingCancelled.Json, bookings.InTransaction<BookingCancelled>(
                (message, work, ct) => NoteTaking.RecordAsync(message.Data.BookingId, "cancelled", work, ct))));

        // Notes of a shelf wait behind one that cannot be read.
        builder.Services.AddSqsWorker(Options(Notes, parts) with { Parking = parts.Parking(Notes) }, services => NewConsumer(Notes, services)
            .On(Note.Type, NoteJson.Default.Note, parts.Inbox(Notes).InTransaction<Note>(NoteTaking.ShelveAsync)));

        using var host = builder.Build();
        await host.RunAsync();
        return 0;
    }

    private static Consumer NewConsumer(string name, IServiceProvider services) => new(name, services.GetRequiredService<ILogger<Consumer>>());

    private static SqsWorkerOptions Options(string consumer, FunctionHost parts) => new()
    {
        QueueUrl = FunctionHost.Required($"QUEUE_{consumer.ToUpperInvariant()}"),
        DeadLetterQueueUrl = FunctionHost.Required($"DEAD_LETTERS_{consumer.ToUpperInvariant()}"),
        MaxInFlight = 10,
        WaitTime = TimeSpan.FromSeconds(5),
        VisibilityTimeout = TimeSpan.FromSeconds(6),
        CountAttempt = new AttemptCounter(consumer, parts.Database).CountAsync,
    };
}
