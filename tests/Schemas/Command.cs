using Schemas.AsyncApi;
using Schemas.Comparing;

namespace Schemas;

/// <summary>Writes the contracts down, or says what it would write.</summary>
internal static class Command
{
    /// <summary>Writes the schemas and the AsyncAPI document. Where a change would break a consumer it writes nothing at all.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(EventsFolder folder, IReadOnlyList<Contract> contracts, TextWriter output, TextWriter errors)
    {
        if (Breaks(folder, contracts, errors))
            return 1;
        foreach (var file in Files(folder, contracts).Where(file => !file.IsWritten))
        {
            file.Write();
            output.WriteLine($"Wrote {file.Name}.");
        }

        return 0;
    }

    /// <summary>Writes nothing: fails where a change would break a consumer, and warns of what is not written down yet.</summary>
    /// <returns>The exit code.</returns>
    public static int Check(EventsFolder folder, IReadOnlyList<Contract> contracts, TextWriter output, TextWriter errors)
    {
        if (Breaks(folder, contracts, errors))
            return 1;
        var additions = Promises.Compare(folder, contracts);
        foreach (var addition in additions)
            output.WriteLine($"warning: {addition.Sentence}");
        if (additions.Count == 0)
        {
            foreach (var file in Files(folder, contracts).Where(file => !file.IsWritten))
                output.WriteLine($"warning: {file.Name} is not what the contracts say. Run: dotnet run --project tests/Schemas");
        }

        return 0;
    }

    /// <summary>Says how it is called.</summary>
    /// <returns>The exit code.</returns>
    public static int Usage(TextWriter errors)
    {
        errors.WriteLine("dotnet run --project tests/Schemas [-- --check]: writes events/schemas and events/asyncapi.json from src/Contracts, or only says what it would write.");
        return 2;
    }

    private static bool Breaks(EventsFolder folder, IReadOnlyList<Contract> contracts, TextWriter errors)
    {
        var breaking = Promises.Compare(folder, contracts).Where(finding => finding.Breaks).ToList();
        foreach (var finding in breaking)
            errors.WriteLine(finding.Sentence);
        return breaking.Count > 0;
    }

    private static IEnumerable<GeneratedFile> Files(EventsFolder folder, IReadOnlyList<Contract> contracts) =>
    [
        .. contracts.Select(contract => folder.SchemaFile(contract.Type, MessageSchema.Of(contract))),
        folder.AsyncApiFile(SystemDocument.Create(contracts, Subscriptions.All)),
    ];
}
