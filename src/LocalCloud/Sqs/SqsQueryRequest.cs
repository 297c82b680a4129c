using System.Buffers;
using System.Globalization;
using System.Text.Json;
using LocalCloud.Http;
using Microsoft.AspNetCore.Http;

namespace LocalCloud.Sqs;

/// <summary>Translates a Query request to the JSON protocol's, so that every operation exists once.</summary>
internal static class SqsQueryRequest
{
    private static readonly string[] Numbers = ["DelaySeconds", "MaxNumberOfMessages", "MaxNumberOfMessagesPerSecond", "MaxResults", "VisibilityTimeout", "WaitTimeSeconds"];

    private static readonly Dictionary<string, string> StringLists = new()
    {
        ["AttributeName"] = "AttributeNames",
        ["MessageAttributeName"] = "MessageAttributeNames",
        ["MessageSystemAttributeName"] = "MessageSystemAttributeNames",
        ["TagKey"] = "TagKeys",
        ["AWSAccountId"] = "AWSAccountIds",
        ["ActionName"] = "Actions",
    };

    /// <summary>The JSON body that says the same as the form. A request to a queue's own path need not name it.</summary>
    public static byte[] ToJson(string action, Form form, PathString path)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        if (form["QueueUrl"] is null && path.Value is { Length: > 1 } url)
        {
            json.WriteString("QueueUrl"u8, url);
        }

        WriteMembers(json, form, "", ["Action", "Version"]);
        if (form.Has($"{action}RequestEntry"))
        {
            json.WriteStartArray("Entries"u8);
            foreach (var item in form.Items($"{action}RequestEntry"))
            {
                json.WriteStartObject();
                WriteMembers(json, form, item + ".", []);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMembers(Utf8JsonWriter json, Form form, string prefix, ReadOnlySpan<string> except)
    {
        foreach (var (name, value) in form.Values)
        {
            // A client writes an empty list as a parameter without a value.
            if (!name.StartsWith(prefix, StringComparison.Ordinal) || name.IndexOf('.', prefix.Length) >= 0 || except.Contains(name)
                || (value.Length == 0 && IsList(name[prefix.Length..])))
            {
                continue;
            }

            WriteMember(json, name[prefix.Length..], value);
        }

        foreach (var (item, list) in StringLists.Where(list => form.Has(prefix + list.Key)))
        {
            json.WriteStartArray(list);
            foreach (var key in form.Items(prefix + item))
            {
                json.WriteStringValue(form[key] ?? "");
            }

            json.WriteEndArray();
        }

        WriteMap(json, form, prefix + "Attribute", "Attributes", "Name");
        WriteMap(json, form, prefix + "Tag", form["Action"] == "CreateQueue" ? "tags" : "Tags", "Key");
        WriteStructureMap(json, form, prefix + "MessageAttribute", "MessageAttributes");
        WriteStructureMap(json, form, prefix + "MessageSystemAttribute", "MessageSystemAttributes");
    }

    private static bool IsList(string name) =>
        name is "Entries" or "Attributes" or "MessageAttributes" or "Tags" or "tags" || StringLists.ContainsKey(name) || StringLists.ContainsValue(name);

    private static void WriteMember(Utf8JsonWriter json, string name, string value)
    {
        if (!Numbers.Contains(name))
        {
            json.WriteString(name, value);
        }
        else if (int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            throw SqsError.InvalidValue(name, value, "Must be an integer.");
        }
    }

    private static void WriteMap(Utf8JsonWriter json, Form form, string prefix, string member, string key)
    {
        if (!form.Has(prefix))
        {
            return;
        }

        json.WriteStartObject(member);
        foreach (var item in form.Items(prefix))
        {
            json.WriteString(form[$"{item}.{key}"] ?? throw SqsError.Missing($"{item}.{key}"), form[item + ".Value"] ?? "");
        }

        json.WriteEndObject();
    }

    private static void WriteStructureMap(Utf8JsonWriter json, Form form, string prefix, string member)
    {
        if (!form.Has(prefix))
        {
            return;
        }

        json.WriteStartObject(member);
        foreach (var item in form.Items(prefix))
        {
            json.WriteStartObject(form[item + ".Name"] ?? throw SqsError.Missing(item + ".Name"));
            foreach (var part in new[] { "DataType", "StringValue", "BinaryValue" })
            {
                if (form[$"{item}.Value.{part}"] is { } value)
                {
                    json.WriteString(part, value);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
