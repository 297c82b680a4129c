using LocalCloud.Http;
using LocalCloud.Sqs;

namespace LocalCloud.Sns;

/// <summary>Reads the parameters of a request, or of one entry of a batch.</summary>
internal readonly struct SnsInput(Form form, string prefix = "")
{
    public string? this[string name] => form[prefix + name];

    /// <summary>Parameter names in errors are those of the caller.</summary>
    public string Required(string name) => this[name] is { Length: > 0 } value ? value : throw SnsError.InvalidParameter($"{name} Reason: no value for required parameter");

    public IEnumerable<SnsInput> Members(string name)
    {
        var own = form;
        return form.Items($"{prefix}{name}.member").Select(item => new SnsInput(own, item + "."));
    }

    public IEnumerable<string> Strings(string name)
    {
        var own = form;
        return form.Items($"{prefix}{name}.member").Select(item => own[item] ?? "");
    }

    public Dictionary<string, string> Map(string name)
    {
        Dictionary<string, string> map = new(StringComparer.Ordinal);
        foreach (var item in form.Items($"{prefix}{name}.entry"))
        {
            map[form[item + ".key"] ?? throw SnsError.InvalidParameter($"{name} Reason: an entry has no key")] = form[item + ".value"] ?? "";
        }

        return map;
    }

    public Dictionary<string, string> Tags()
    {
        Dictionary<string, string> tags = new(StringComparer.Ordinal);
        foreach (var tag in Members("Tags"))
        {
            tags[tag.Required("Key")] = tag["Value"] ?? "";
        }

        return tags;
    }

    /// <summary>The message attributes, checked and sorted by name.</summary>
    public MessageAttribute[] MessageAttributes()
    {
        List<MessageAttribute> attributes = [];
        foreach (var item in form.Items(prefix + "MessageAttributes.entry"))
        {
            attributes.Add(PublishRules.ReadAttribute(form[item + ".Name"] ?? "", new SnsInput(form, item + ".Value.")));
        }

        attributes.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return attributes.Zip(attributes.Skip(1)).All(pair => pair.First.Name != pair.Second.Name)
            ? [.. attributes]
            : throw SnsError.ValueInvalid("Message attribute names must be unique.");
    }
}
