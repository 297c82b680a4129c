using System.Text.Json;
using LocalCloud.Faults;
using LocalCloud.Http;

namespace LocalCloud.Sqs;

/// <summary>What all batch operations share: the rules for entries, and an answer in two lists.</summary>
internal static class BatchEntries
{
    private const int LongestId = 80;

    /// <exception cref="ServiceException">No entries, too many, or ids that are invalid or repeated.</exception>
    public static IReadOnlyList<(string Id, SqsInput Entry)> Read(SqsInput input)
    {
        var entries = input.Structures("Entries").Take(Limits.FormParameters).ToList();
        if (entries.Count == 0)
        {
            throw SqsError.EmptyBatch();
        }

        if (entries.Count > Limits.BatchEntries)
        {
            throw SqsError.TooManyEntries(entries.Count);
        }

        List<(string Id, SqsInput Entry)> read = [];
        foreach (var entry in entries)
        {
            var id = entry.Required("Id");
            if (id.Length > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                throw SqsError.InvalidBatchEntryId(id);
            }

            if (read.Exists(earlier => earlier.Id == id))
            {
                throw SqsError.IdsNotDistinct(id);
            }

            read.Add((id, entry));
        }

        return read;
    }

    /// <summary>Does each entry and writes Successful and Failed; an entry that fails does not touch the others.</summary>
    public static void Run(SqsCall call, IReadOnlyList<(string Id, SqsInput Entry)> entries, Action<SqsInput> act, Action<int>? write = null)
    {
        var output = call.Output;
        var failures = new ServiceException?[entries.Count];
        output.WriteStartArray("Successful"u8);
        for (var i = 0; i < entries.Count; i++)
        {
            try
            {
                if (call.Call.Faults?.FailsEntry(i) == true)
                {
                    throw CallFaults.EntryError;
                }

                act(entries[i].Entry);
                output.WriteStartObject();
                output.WriteString("Id"u8, entries[i].Id);
                write?.Invoke(i);
                output.WriteEndObject();
            }
            catch (ServiceException failure)
            {
                failures[i] = failure;
            }
        }

        output.WriteEndArray();
        WriteFailures(output, entries, failures);
    }

    private static void WriteFailures(Utf8JsonWriter output, IReadOnlyList<(string Id, SqsInput Entry)> entries, ServiceException?[] failures)
    {
        if (Array.TrueForAll(failures, failure => failure is null))
        {
            return;
        }

        output.WriteStartArray("Failed"u8);
        for (var i = 0; i < entries.Count; i++)
        {
            if (failures[i] is { } failure)
            {
                output.WriteStartObject();
                output.WriteString("Id"u8, entries[i].Id);
                output.WriteString("Code"u8, failure.Code);
                output.WriteString("Message"u8, failure.Message);
                output.WriteBoolean("SenderFault"u8, failure.Status < 500);
                output.WriteEndObject();
            }
        }

        output.WriteEndArray();
    }
}
