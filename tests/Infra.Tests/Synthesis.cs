using System.Text.Json;

namespace Infra.Tests;

/// <summary>The templates as they are deployed, but for the functions' code. Built once for all tests.</summary>
public sealed class Synthesis : IDisposable
{
    private readonly string _outdir = Directory.CreateTempSubdirectory("infra-tests-").FullName;

    public Synthesis() : this([]) { }

    internal Synthesis(params (string Key, object Value)[] context)
    {
        JsiiRuntime.Configure();
        var overrides = context.Prepend(("code", "none")).ToDictionary(pair => pair.Item1, pair => pair.Item2);
        BookingsApp.Create(Repository.Find(), new SynthOptions { Outdir = _outdir, Overrides = overrides }).Synth();
        Templates = [.. Directory.GetFiles(_outdir, "*.template.json").Order(StringComparer.Ordinal)];
        Resources = [.. Templates.SelectMany(Read)];
    }

    internal IReadOnlyList<string> Templates { get; }

    internal IReadOnlyList<Resource> Resources { get; }

    internal IReadOnlyList<Resource> OfType(string type)
    {
        IReadOnlyList<Resource> found = [.. Resources.Where(resource => resource.Type == type)];
        Assert.NotEmpty(found);
        return found;
    }

    internal Resource Function(string handler) =>
        Assert.Single(OfType("AWS::Lambda::Function"), function => function.Text("Handler") == handler);

    /// <summary>The resource of the same stack that a Ref or Fn::GetAtt points to.</summary>
    internal Resource Target(Resource from, JsonElement reference)
    {
        var id = reference.TryGetProperty("Ref", out var plain) ? plain.GetString() : reference.GetProperty("Fn::GetAtt")[0].GetString();
        return Resources.Single(resource => resource.Stack == from.Stack && resource.Id == id);
    }

    public void Dispose() => Directory.Delete(_outdir, recursive: true);

    private static IEnumerable<Resource> Read(string template)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(template));
        var stack = Path.GetFileName(template).Split('.')[0];
        return [.. document.RootElement.GetProperty(nameof(Resources)).EnumerateObject().Select(member => new Resource(stack, member.Name, member.Value.Clone()))];
    }
}
