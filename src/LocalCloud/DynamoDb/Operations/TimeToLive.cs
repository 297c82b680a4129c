namespace LocalCloud.DynamoDb.Operations;

internal static class TimeToLive
{
    public static void Update(DynamoDbCall call)
    {
        var table = call.NamedTable("UpdateTimeToLive");
        var specification = call.Input.Structure("TimeToLiveSpecification") ?? throw DynamoDbError.Missing("TimeToLiveSpecification");
        var attribute = specification.Required("AttributeName");
        var on = specification.Flag("Enabled") ?? throw DynamoDbError.Missing("Enabled");
        if (attribute.Length is 0 or > 255)
        {
            throw DynamoDbError.Constraint("AttributeName", attribute, "Member must have length between 1 and 255");
        }

        if (on == table.Expiry.Attribute is not null)
        {
            throw DynamoDbError.Validation(on ? "TimeToLive is already enabled" : "TimeToLive is already disabled");
        }

        if (on)
        {
            table.Expiry.Enable(attribute, table);
        }
        else
        {
            table.Expiry.Disable();
        }

        call.Output.WriteStartObject("TimeToLiveSpecification"u8);
        call.Output.WriteBoolean("Enabled"u8, on);
        call.Output.WriteString("AttributeName"u8, attribute);
        call.Output.WriteEndObject();
    }

    public static void Describe(DynamoDbCall call)
    {
        var attribute = call.NamedTable("DescribeTimeToLive").Expiry.Attribute;
        call.Output.WriteStartObject("TimeToLiveDescription"u8);
        call.Output.WriteString("TimeToLiveStatus"u8, attribute is null ? "DISABLED" : "ENABLED");
        if (attribute is not null)
        {
            call.Output.WriteString("AttributeName"u8, attribute);
        }

        call.Output.WriteEndObject();
    }
}
