using System.Diagnostics;
using Messaging.Encryption;
using Messaging.Envelope;
using Messaging.Inbox;
using Messaging.Publishing;
using Messaging.RequestReply;

namespace Functions;

/// <summary>Joins the contracts, which know no library, to the library, which knows no booking.</summary>
internal static class ContractExtensions
{
    /// <summary>Adds a route for a contract.</summary>
    public static Consumer On<T>(this Consumer consumer, Contract<T> contract, MessageHandler<T> handler)
    {
        consumer.On(contract.Type, contract.Json, handler);
        return contract.EncryptedData() is { } encrypted ? consumer.OnlyEncrypted(contract.Type, encrypted) : consumer;
    }

    /// <summary>Takes messages of an older contract as if they were of a newer one, whose route is added before.</summary>
    public static Consumer Upcast<TOld, TNew>(this Consumer consumer, Contract<TOld> older, Contract<TNew> newer, Func<TOld, TNew> upcast)
    {
        consumer.Upcast(older.Type, older.Json, newer.Type, upcast);
        return older.EncryptedData() is { } encrypted ? consumer.OnlyEncrypted(older.Type, encrypted) : consumer;
    }

    /// <summary>Announces something because of the message that is being handled.</summary>
    /// <param name="work">The message's transaction.</param>
    /// <param name="contract">What is announced.</param>
    /// <param name="data">Its data.</param>
    /// <param name="source">Who announces it: <c>/booking</c>.</param>
    /// <param name="now">The time.</param>
    public static void Add<T>(this UnitOfWork work, Contract<T> contract, T data, string source, DateTimeOffset now) =>
        work.Add(contract.ToMessage(data, new(Guid.CreateVersion7(now).ToString(), source, contract.Type, now)
        {
            CorrelationId = work.Cause.CorrelationId ?? work.Cause.Id,
            CausationId = work.Cause.Id,
            TraceParent = Activity.Current?.Id ?? work.Cause.TraceParent,
        }));

    /// <summary>Serializes a message of a contract.</summary>
    public static OutgoingMessage ToMessage<T>(this Contract<T> contract, T data, CloudEvent attributes) =>
        OutgoingMessage.Create(attributes, data, contract.Json, contract.Key(data), contract.Destinations) with
        {
            Attributes =
            [
                .. from attribute in contract.Attributes
                   let value = attribute.Of(data)
                   where value is not null
                   select new AttributeValue(attribute.Name, value, attribute.IsNumber),
            ],
            Encryption = contract.EncryptedData(),
        };

    /// <summary>A request and the reply to it.</summary>
    /// <exception cref="NotSupportedException">One of them demands encryption: requests and replies are sent in the clear.</exception>
    public static Question<TRequest, TReply> AnsweredBy<TRequest, TReply>(this Contract<TRequest> request, Contract<TReply> reply) =>
        request.Encryption is null && reply.Encryption is null
            ? new(request.Type, request.Json, reply.Type, reply.Json, request.Destinations[0])
            : throw new NotSupportedException($"{request.Type} or {reply.Type} demands encryption, and requests and replies are sent in the clear. Leave what is secret out of them.");

    private static EncryptedData? EncryptedData<T>(this Contract<T> contract) => contract.Encryption is { } paths ? Messaging.Encryption.EncryptedData.Of(paths) : null;
}
