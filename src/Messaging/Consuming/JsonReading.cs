using System.Text.Json;

namespace Messaging.Consuming;

/// <summary>Reads what others wrote: a value of another kind than expected is null, and read over.</summary>
internal static class JsonReading
{
    extension(ref Utf8JsonReader json)
    {
        /// <summary>The text that the reader stands at; null where it is no Unicode.</summary>
        public string? Text()
        {
            try
            {
                return json.GetString();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        /// <summary>The value of the member whose name was just read.</summary>
        public string? NextText()
        {
            json.Read();
            if (json.TokenType == JsonTokenType.String)
                return json.Text();
            json.Skip();
            return null;
        }

        /// <summary>Reads over the value of the member whose name was just read.</summary>
        public void SkipNext()
        {
            json.Read();
            json.Skip();
        }
    }
}
