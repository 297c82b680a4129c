using System.Text.Json;
using LocalCloud.DynamoDb.Tables;

namespace LocalCloud.DynamoDb.Operations;

/// <summary>A table as the operations on tables answer it.</summary>
internal static class TableDescription
{
    public static void Write(Utf8JsonWriter output, string member, Table table, string status = "ACTIVE")
    {
        var definition = table.Definition;
        output.WriteStartObject(member);
        output.WriteStartArray("AttributeDefinitions"u8);
        foreach (var (name, type) in definition.Attributes)
        {
            output.WriteStartObject();
            output.WriteString("AttributeName"u8, name);
            output.WriteString("AttributeType"u8, type);
            output.WriteEndObject();
        }

        output.WriteEndArray();
        output.WriteString("TableName"u8, table.Name);
        WriteKey(output, table.Key);
        output.WriteString("TableStatus"u8, status);
        output.WriteNumber("CreationDateTime"u8, Seconds(table.Created));
        Write(output, definition.Throughput);
        output.WriteNumber("TableSizeBytes"u8, table.Bytes);
        output.WriteNumber("ItemCount"u8, table.Items.Count);
        output.WriteString("TableArn"u8, table.Arn);
        output.WriteString("TableId"u8, table.Id);
        output.WriteBoolean("DeletionProtectionEnabled"u8, definition.DeletionProtection);
        if (definition.PaysPerRequest)
        {
            output.WriteStartObject("BillingModeSummary"u8);
            output.WriteString("BillingMode"u8, "PAY_PER_REQUEST");
            output.WriteNumber("LastUpdateToPayPerRequestDateTime"u8, Seconds(table.BillingChanged));
            output.WriteEndObject();
        }

        if (definition.TableClass is { } tableClass)
        {
            output.WriteStartObject("TableClassSummary"u8);
            output.WriteString("TableClass"u8, tableClass);
            output.WriteEndObject();
        }

        Write(output, "GlobalSecondaryIndexes", table, isGlobal: true, status == "CREATING" ? status : "ACTIVE");
        Write(output, "LocalSecondaryIndexes", table, isGlobal: false, "ACTIVE");
        WriteStream(output, table);
        output.WriteEndObject();
    }

    public static void WriteKey(Utf8JsonWriter output, KeySchema key)
    {
        output.WriteStartArray("KeySchema"u8);
        foreach (var attribute in key.Attributes)
        {
            output.WriteStartObject();
            output.WriteString("AttributeName"u8, attribute.Name);
            output.WriteString("KeyType"u8, attribute == key.Hash ? "HASH" : "RANGE");
            output.WriteEndObject();
        }

        output.WriteEndArray();
    }

    /// <summary>A time as DynamoDB writes it: seconds since 1970, to the millisecond.</summary>
    public static decimal Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;

    private static void Write(Utf8JsonWriter output, string member, Table table, bool isGlobal, string status)
    {
        var indexes = table.Indexes.FindAll(index => index.Definition.IsGlobal == isGlobal);
        if (indexes.Count == 0)
        {
            return;
        }

        output.WriteStartArray(member);
        foreach (var index in indexes)
        {
            output.WriteStartObject();
            output.WriteString("IndexName"u8, index.Name);
            WriteKey(output, index.Key);
            output.WriteStartObject("Projection"u8);
            output.WriteString("ProjectionType"u8, index.Definition.Projection.Type);
            if (index.Definition.Projection.Included.Count > 0)
            {
                output.WriteStartArray("NonKeyAttributes"u8);
                foreach (var attribute in index.Definition.Projection.Included)
                {
                    output.WriteStringValue(attribute);
                }

                output.WriteEndArray();
            }

            output.WriteEndObject();
            if (isGlobal)
            {
                output.WriteString("IndexStatus"u8, status);
                Write(output, index.Definition.Throughput);
            }

            output.WriteNumber("IndexSizeBytes"u8, index.Bytes);
            output.WriteNumber("ItemCount"u8, index.Items.Count);
            output.WriteString("IndexArn"u8, $"{table.Arn}/index/{index.Name}");
            output.WriteEndObject();
        }

        output.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter output, Throughput throughput)
    {
        output.WriteStartObject("ProvisionedThroughput"u8);
        output.WriteNumber("NumberOfDecreasesToday"u8, 0);
        output.WriteNumber("ReadCapacityUnits"u8, throughput.Read);
        output.WriteNumber("WriteCapacityUnits"u8, throughput.Write);
        output.WriteEndObject();
    }

    private static void WriteStream(Utf8JsonWriter output, Table table)
    {
        if (table.Stream is not { } stream)
        {
            return;
        }

        if (stream.Closed is null)
        {
            output.WriteStartObject("StreamSpecification"u8);
            output.WriteBoolean("StreamEnabled"u8, true);
            output.WriteString("StreamViewType"u8, stream.View);
            output.WriteEndObject();
        }

        output.WriteString("LatestStreamLabel"u8, stream.Label);
        output.WriteString("LatestStreamArn"u8, stream.Arn);
    }
}
