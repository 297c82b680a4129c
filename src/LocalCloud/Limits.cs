namespace LocalCloud;

/// <summary>Every bound of the services in one place. Those of AWS where AWS has one, a laptop's where AWS has none.</summary>
internal static class Limits
{
    /// <summary>Bytes of a request body. AWS takes 1 MiB of messages; JSON escapes and base64 may double that.</summary>
    public const int RequestBytes = 2 * 1024 * 1024;

    /// <summary>Bytes of an oversized body that are still read, so that the client gets to see the error.</summary>
    public const long DiscardedBytes = 64L * 1024 * 1024;

    /// <summary>Parameters of a form or a query string. A full batch with ten attributes an entry needs about 450.</summary>
    public const int FormParameters = 2_000;

    /// <summary>Actions that are counted by name, over all services; clients may name any.</summary>
    public const int Actions = 2_000;

    /// <summary>Characters of an action's name; longer ones are counted together.</summary>
    public const int ActionName = 100;

    /// <summary>Open connections. A long poll holds one for up to 20 s.</summary>
    public const int Connections = 2_000;

    /// <summary>Queues in the account; AWS has no limit.</summary>
    public const int Queues = 10_000;

    /// <summary>Bytes of all messages in all queues, each counted with <see cref="MessageOverheadBytes"/>; AWS has no limit.</summary>
    public const long StoredBytes = 1024L * 1024 * 1024;

    /// <summary>What a message costs besides its body and attributes.</summary>
    public const int MessageOverheadBytes = 512;

    /// <summary>Messages of one queue in flight (AWS: about 120,000).</summary>
    public const int InFlight = 120_000;

    /// <summary>Deduplication ids a FIFO queue or topic remembers; AWS limits their rate instead.</summary>
    public const int DeduplicationIds = 1_000_000;

    /// <summary>Receive attempts a FIFO queue remembers for five minutes.</summary>
    public const int ReceiveAttempts = 10_000;

    /// <summary>Bytes of a message, and of a batch of messages, since August 2025.</summary>
    public const int MessageBytes = 1024 * 1024;

    /// <summary>Entries of a batch request.</summary>
    public const int BatchEntries = 10;

    /// <summary>Attributes of a message.</summary>
    public const int MessageAttributes = 10;

    /// <summary>Tags of a queue or a topic.</summary>
    public const int Tags = 50;

    /// <summary>Messages a redrive task moves a second, at most and by default.</summary>
    public const int MovedPerSecond = 500;

    /// <summary>Redrive tasks remembered for each source queue.</summary>
    public const int MoveTasks = 10;

    /// <summary>Topics in the account (AWS: 100,000 standard).</summary>
    public const int Topics = 10_000;

    /// <summary>Subscriptions in the account; AWS allows 12.5 million a topic.</summary>
    public const int Subscriptions = 50_000;

    /// <summary>Ended HTTP subscriptions whose endpoint may still come back within two days.</summary>
    public const int EndedSubscriptions = 1_000;

    /// <summary>Messages that the archive of a FIFO topic keeps; AWS keeps them all.</summary>
    public const int ArchivedMessages = 10_000;

    /// <summary>Characters of all messages in the archive of a FIFO topic.</summary>
    public const long ArchivedCharacters = 32L * 1024 * 1024;

    /// <summary>Filter policies of one topic.</summary>
    public const int FiltersPerTopic = 200;

    /// <summary>Filter policies in the account.</summary>
    public const int Filters = 10_000;

    /// <summary>Bytes of a published message and of a batch, unless the topic's MaximumMessageSize allows more.</summary>
    public const int PublishBytes = 256 * 1024;

    /// <summary>HTTP deliveries waiting or running at a time; one more goes to the subscription's dead-letter queue.</summary>
    public const int HttpDeliveries = 10_000;

    /// <summary>Bytes of a journal that are not worth a compaction.</summary>
    public const long JournalBytes = 64L * 1024 * 1024;

    /// <summary>How many times longer than what is alive in it a journal may become, besides <see cref="JournalBytes"/>.</summary>
    public const int JournalGrowth = 3;

    /// <summary>Mails the mailbox keeps; the oldest goes first.</summary>
    public const int Mails = 1_000;

    /// <summary>Roles, and as many users and managed policies, in the account (AWS: 1,000 to 5,000).</summary>
    public const int Identities = 5_000;

    /// <summary>Access keys and sessions; AWS has no limit for sessions.</summary>
    public const int AccessKeys = 20_000;

    /// <summary>KMS keys in the account (AWS: 100,000).</summary>
    public const int Keys = 10_000;

    /// <summary>Aliases of one KMS key.</summary>
    public const int AliasesOfKey = 50;

    /// <summary>Shards of all Kinesis streams of the account.</summary>
    public const int Shards = 1_000;

    /// <summary>Bytes of all records in all Kinesis streams; AWS has no limit.</summary>
    public const long StreamBytes = 256L * 1024 * 1024;

    /// <summary>Characters of all texts in the mailbox; the oldest mail goes first.</summary>
    public const long MailboxCharacters = 64L * 1024 * 1024;

    /// <summary>Bytes of a request to S3: an object, and what chunk signatures and trailers add to it.</summary>
    public const int S3RequestBytes = ObjectRequestBytes + (1024 * 1024);

    /// <summary>Bytes of an object or a part in one request (AWS: 5 GiB).</summary>
    public const int ObjectRequestBytes = 64 * 1024 * 1024;

    /// <summary>Bytes of an XML or JSON document sent to S3.</summary>
    public const int DocumentBytes = 1024 * 1024;

    /// <summary>Bytes of all objects and parts in all buckets, each counted with <see cref="ObjectOverheadBytes"/>; AWS has no limit.</summary>
    public const long BucketBytes = 1024L * 1024 * 1024;

    /// <summary>What an object, a version or a part costs besides its content.</summary>
    public const int ObjectOverheadBytes = 1024;

    /// <summary>Buckets in the account (AWS: 10,000).</summary>
    public const int Buckets = 10_000;

    /// <summary>Multipart uploads in progress in a bucket; AWS has no limit.</summary>
    public const int Uploads = 10_000;

    /// <summary>Addresses and domains that mail is sent from (AWS: 10,000).</summary>
    public const int MailIdentities = 10_000;

    /// <summary>DynamoDB tables in the account (AWS: 2,500).</summary>
    public const int Tables = 2_500;

    /// <summary>Bytes of all items in all tables, each counted with <see cref="ItemOverheadBytes"/>; AWS has no limit.</summary>
    public const long TableBytes = 1024L * 1024 * 1024;

    /// <summary>What an item or a stream record costs besides its attributes.</summary>
    public const int ItemOverheadBytes = 256;

    /// <summary>Bytes of the records of one stream; the oldest goes first, as if its 24 hours were over.</summary>
    public const long TableStreamBytes = 128L * 1024 * 1024;

    /// <summary>Tokens of transactions remembered for ten minutes.</summary>
    public const int TransactionTokens = 100_000;

    /// <summary>Bytes of a DynamoDB request.</summary>
    public const int TableRequestBytes = 16 * 1024 * 1024;

    /// <summary>Functions in the account; AWS limits their code to 75 GB instead.</summary>
    public const int Functions = 1_000;

    /// <summary>Event-source mappings in the account.</summary>
    public const int EventSourceMappings = 1_000;

    /// <summary>Asynchronous invocations of Lambda that wait or run; one more is throttled.</summary>
    public const int LambdaEvents = 10_000;

    /// <summary>Bytes of their events.</summary>
    public const long LambdaEventBytes = 256L * 1024 * 1024;

    /// <summary>Bytes of a Lambda request: AWS takes 50 MB of zipped code, and base64 makes a third more of it.</summary>
    public const int LambdaRequestBytes = 70 * 1024 * 1024;

    /// <summary>Bytes of a function's code, unpacked.</summary>
    public const long UnpackedBytes = 250L * 1024 * 1024;

    /// <summary>Files in a function's code; AWS has no limit.</summary>
    public const int UnpackedFiles = 10_000;
}
