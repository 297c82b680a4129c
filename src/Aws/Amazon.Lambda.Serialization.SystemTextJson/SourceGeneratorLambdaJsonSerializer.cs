using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>
/// Reads events and writes results by the caller's generated context, with Lambda's own options: names match without regard to case, nulls are not
/// written, times may be numbers, binary is base64. Options that the context declares for itself do not apply.
/// </summary>
public class SourceGeneratorLambdaJsonSerializer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext> : ILambdaSerializer
    where TSGContext : JsonSerializerContext
{
    private static readonly JsonWriterOptions _writerOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly TSGContext _context;

    /// <summary>A serializer with Lambda's options.</summary>
    public SourceGeneratorLambdaJsonSerializer()
        : this(_ => { })
    {
    }

    /// <summary>A serializer with Lambda's options, changed.</summary>
    public SourceGeneratorLambdaJsonSerializer(Action<JsonSerializerOptions> customizer)
    {
        ArgumentNullException.ThrowIfNull(customizer);
        var options = new JsonSerializerOptions
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            PropertyNameCaseInsensitive = true,
            Converters = { new EventTimeConverter(), new BinaryConverter() },
        };
        customizer(options);
        _context = (TSGContext)Activator.CreateInstance(typeof(TSGContext), options)!;
    }

    /// <summary>Reads an event; throws <see cref="JsonSerializerException"/> when it does not fit.</summary>
    public T Deserialize<T>(Stream requestStream)
    {
        ArgumentNullException.ThrowIfNull(requestStream);
        var type = TypeInfo<T>();
        try
        {
            return requestStream is MemoryStream memory && memory.TryGetBuffer(out var bytes)
                ? JsonSerializer.Deserialize(bytes.AsSpan((int)memory.Position), type)!
                : JsonSerializer.Deserialize(requestStream, type)!;
        }
        catch (JsonException exception)
        {
            throw new JsonSerializerException($"The event is not a {typeof(T).FullName}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a result.</summary>
    public void Serialize<T>(T response, Stream responseStream)
    {
        ArgumentNullException.ThrowIfNull(responseStream);
        using var writer = new Utf8JsonWriter(responseStream, _writerOptions);
        JsonSerializer.Serialize(writer, response, TypeInfo<T>());
    }

    private JsonTypeInfo<T> TypeInfo<T>() =>
        _context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T> ?? throw new JsonSerializerException(
            $"{typeof(TSGContext).FullName} does not know {typeof(T).FullName}. Add [JsonSerializable(typeof({typeof(T).Name}))] to it.");
}
