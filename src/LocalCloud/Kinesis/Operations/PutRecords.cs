using System.Text;
using LocalCloud.Http;

namespace LocalCloud.Kinesis.Operations;

/// <summary>A request that is wrong is refused as a whole; a record that finds no room fails alone.</summary>
internal static class PutRecords
{
    private const int MostRecords = 500;
    private const int MostBytes = 10 * 1024 * 1024;

    public static void Run(KinesisCall call)
    {
        var stream = call.Stream("PutRecords");
        var entries = call.Input.Structures("Records");
        if (entries.Count is 0 or > MostRecords)
        {
            throw entries.Count == 0 ? JsonInput.Missing("Records")
                : JsonInput.Invalid("Records", $"{entries.Count} records", $"Member must have length less than or equal to {MostRecords}");
        }

        var records = entries.Select(entry => NewRecord.Read(entry, stream)).ToList();
        if (records.Sum(record => (long)record.Data.Length + Encoding.UTF8.GetByteCount(record.PartitionKey)) > MostBytes)
        {
            throw KinesisError.InvalidArgument($"Records size exceeds {MostBytes / 1024 / 1024} MB limit");
        }

        var failed = 0;
        call.Output.WriteStartArray("Records"u8);
        foreach (var record in records)
        {
            call.Output.WriteStartObject();
            try
            {
                var (shard, number) = record.Put(call, stream);
                call.Output.WriteString("ShardId"u8, shard.Id);
                call.Output.WriteString("SequenceNumber"u8, number);
            }
            catch (ServiceException error)
            {
                failed++;
                call.Output.WriteString("ErrorCode"u8, error.Code);
                call.Output.WriteString("ErrorMessage"u8, error.Message);
            }

            call.Output.WriteEndObject();
        }

        call.Output.WriteEndArray();
        call.Output.WriteNumber("FailedRecordCount"u8, failed);
        call.Output.WriteString("EncryptionType"u8, "NONE"u8);
    }
}
