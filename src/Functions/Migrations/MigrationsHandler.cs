using System.Net.Http.Json;
using Messaging.Schema;
using Microsoft.Extensions.Logging;

namespace Functions.Migrations;

/// <summary>
/// Brings the database up to date while the stack is deployed: CloudFormation calls it before it changes the functions, and waits for its answer.
/// Invoked by hand, without an address to answer to, it only migrates.
/// </summary>
internal sealed class MigrationsHandler(SchemaMigrator migrator, HttpClient http, ILogger<MigrationsHandler> logger)
{
    private const string PhysicalId = "schema";

    // CloudFormation takes an answer of 4 KB in all.
    private const int LongestReason = 1_000;

    public async Task HandleAsync(CustomResourceRequest request)
    {
        string? error = null;
        try
        {
            if (request.RequestType != "Delete")
                await migrator.ApplyAsync([.. SchemaMigrator.LibraryScripts, .. SqlScript.Embedded(typeof(MigrationsHandler).Assembly)], CancellationToken.None);
        }
        catch (Exception e) when (request.ResponseUrl is not null)
        {
            // CloudFormation waits an hour for an answer that never comes: it gets one, whatever went wrong.
            logger.MigrationFailed(e);
            error = $"{e.GetType().Name}: {e.Message[..Math.Min(e.Message.Length, LongestReason)]}";
        }

        if (request.ResponseUrl is not null)
            await AnswerAsync(request, request.ResponseUrl, error);
    }

    private async Task AnswerAsync(CustomResourceRequest request, Uri address, string? error)
    {
        var answer = new CustomResourceResponse(
            error is null ? "SUCCESS" : "FAILED", error, request.PhysicalResourceId ?? PhysicalId, request.StackId, request.RequestId, request.LogicalResourceId);
        using var content = JsonContent.Create(answer, MigrationsJson.Default.CustomResourceResponse);

        // The address is signed for a request without a content type and with a length.
        content.Headers.ContentType = null;
        await content.LoadIntoBufferAsync();
        using var response = await http.PutAsync(address, content);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"CloudFormation's address for the answer said {(int)response.StatusCode}.");
    }
}
