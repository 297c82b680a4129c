namespace Amazon.Lambda.Core;

/// <summary>Turns events into objects and results into bytes.</summary>
public interface ILambdaSerializer
{
    /// <summary>Reads an event.</summary>
    T Deserialize<T>(Stream requestStream);

    /// <summary>Writes a result.</summary>
    void Serialize<T>(T response, Stream responseStream);
}
