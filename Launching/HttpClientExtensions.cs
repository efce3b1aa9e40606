using System.Net;

namespace Blockchain.Launching;

internal static class HttpClientExtensions
{
    /// <summary>
    /// Whether the answer is 200 OK; false as well while nobody listens there, or nobody answers in time.
    /// </summary>
    public static async Task<bool> AnswersAsync(this HttpClient http, Uri url, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(url, cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception error) when (error is HttpRequestException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
